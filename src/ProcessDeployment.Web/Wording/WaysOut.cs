using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Wording;

/// <summary>What to do about a refusal.</summary>
internal static class WaysOut
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [RefusalCodes.LicenceExceeded] = "Detach what is not needed there, or purchase more licences.",
        [RefusalCodes.MissingComponent] = "Save or restore the component, or take the reference out, then deploy again.",
        [RefusalCodes.ReferenceCycle] = "Take one of these references out; a call that need not be bundled can be a Process Route.",
        [RefusalCodes.ComponentDeleted] = "Restore it first.",
        [RefusalCodes.ExpectedRevision] = "Somebody saved it meanwhile. What it is now stands here: look at it again, then confirm.",
        [RefusalCodes.ExpectedVersion] = "Somebody deployed meanwhile. What it is now stands here: look at it again, then confirm.",
        [RefusalCodes.UnknownAtom] = "It was deleted meanwhile; choose among those that are listed now.",
        [RefusalCodes.EnvironmentsEnabled] = "This account uses environments: attach the Process to an environment instead.",
        [RefusalCodes.NoSuchVersion] = "The history lists what there is.",
    };

    public static string? Of(RefusalAnswer refusal) => Known.GetValueOrDefault(refusal.Code);
}

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
        [RefusalCodes.NotDeployed] = "Attach the Atom and deploy a version on the Deploy page.",
        [RefusalCodes.BundledOnly] = "Run a Process that bundles it, or deploy it individually on the Deploy page.",
        [RefusalCodes.AtomOffline] = "Start its agent; this page sees it come.",
        [RefusalCodes.ListenerProcess] = "It starts by itself whenever a request comes in.",
        [RefusalCodes.AtomExists] = "Register it again: it then gets another id.",
        [RefusalCodes.NeverDue] = "Look at the days, months and years: no day has them all.",
        [RefusalCodes.UnknownExtension] = "Another version was deployed meanwhile; what it declares stands here.",
        [RefusalCodes.Frozen] = "Wait until it is over, or have somebody who may set freezes let it pass, on the Access page.",
        [RefusalCodes.ReviserDeploys] = "Somebody else who may deploy has to do it.",
        [RefusalCodes.RoleInUse] = "Take it back from its members and revoke its keys first.",
        [RefusalCodes.TooManyTokens] = "The list shows those there are.",
    };

    public static string? Of(RefusalAnswer refusal) => Known.GetValueOrDefault(refusal.Code);
}

using System.Globalization;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Wording;

/// <content>Words about components.</content>
internal static partial class Say
{
    /// <summary>Why a Process is bold, where the component it is about is known.</summary>
    public static string Why(Reason reason) => reason.Code switch
    {
        Reason.NeverDeployed => "never deployed",
        Reason.ComponentDeleted => "deleted",
        Reason.RolledBack => $"rolled back, {Revisions(reason)}",
        Reason.RevisedButIdentical => $"saved again with the same content, {Revisions(reason)}",
        Reason.Revised => $"revised, {Revisions(reason)}",
        var other => other,
    };

    /// <summary>A component that is referred to, which may be deleted or never saved.</summary>
    public static string Name(Reference reference) =>
        reference.Name is not { } name ? $"never saved ({reference.ComponentId})" : reference.Deleted ? $"{name} (deleted)" : name;

    /// <summary>What a save says of a component besides its content.</summary>
    public static string PartOfSave(string name) => name switch
    {
        "startStep" => "how it starts",
        "references" => "what it refers to",
        var other => $"its {other}",
    };

    /// <summary>How far a deployment of many is.</summary>
    public static string Of(OutcomeStatus status) => status switch
    {
        OutcomeStatus.Accepted => "deployed",
        OutcomeStatus.Unchanged => "nothing to do",
        OutcomeStatus.Refused => "refused",
        _ => status.ToString(),
    };

    /// <summary>What the connection audit says, in a sentence.</summary>
    public static string Of(LicencePreview? licences)
    {
        if (licences is null) return "takes no licence";
        var parts = new[] { (licences.NetNew.Count, "takes"), (licences.Freed.Count, "gives back") }.Where(part => part.Item1 > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item2} {Count(part.Item1, "licence")}")).ToList();
        return parts.Count == 0 ? "takes no licence" : string.Join(", ", parts);
    }
}

using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Domain;

/// <summary>
/// Where an event may hold what somebody wrote about a person: texts for people, and nothing that decisions, keys, proofs or
/// other events depend on. Only these may be redacted.
/// </summary>
public static class PersonalData
{
    /// <summary>Stands where a text was, for ever: verifiers in other hands look for it.</summary>
    public const string Marker = "[redacted]";

    /// <summary>Who acted. Beside the data of every event.</summary>
    public const string Actor = "actor";

    /// <summary>Why, in the words of the actor. Beside the data of every event that has it.</summary>
    public const string Reason = "reason";

    /// <summary>Texts in the data, by type; <c>*</c> stands for each item of a list.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlyList<string>> Texts { get; } = new Dictionary<Type, IReadOnlyList<string>>
    {
        [typeof(RevisionMade)] = ["name", "folder", "extensions.*.label"],
        [typeof(AtomRegistered)] = ["name", "hostName"],
        [typeof(AtomRenamed)] = ["name"],
        [typeof(EnvironmentCreated)] = ["name"],
        [typeof(EnvironmentUpdated)] = ["name"],
        [typeof(EnvironmentDeleted)] = ["name"],
        [typeof(AtomDetached)] = ["suspended.*.description"],
        [typeof(VersionDeployed)] = ["note", "manifest.*.name", "manifest.*.extensions.*.label"],
        [typeof(DownloadFailed)] = ["message"],
        [typeof(ExecutionRequested)] = ["properties.*.value"],
        [typeof(ExecutionCompleted)] = ["message", "logTail"],
        [typeof(AttachmentRefused)] = ["message"],
        [typeof(DeploymentRefused)] = ["note", "message"],
        [typeof(AtomAttachedToEnvironment)] = ["environmentName", "formerEnvironmentName"],
        [typeof(AtomDetachedFromEnvironment)] = ["environmentName"],
        [typeof(ProcessAttachedToEnvironment)] = ["environmentName"],
        [typeof(ProcessDetachedFromEnvironment)] = ["environmentName"],
        [typeof(VersionPromoted)] = ["environmentName", "note"],
        [typeof(PromotionRefused)] = ["note", "message"],
        [typeof(EnvironmentAttachmentRefused)] = ["message"],
        [typeof(MoveRefused)] = ["message"],
        [typeof(WebhookSet)] = ["url"],
        [typeof(RebuildEnded)] = ["detail"],
        [typeof(AccessDenied)] = ["message"],
    };

    /// <summary>Whether events of a type may be redacted at all: what excuses a change must itself stay as it was sealed.</summary>
    public static bool MayBeRedacted(Type type) => type != typeof(PersonalDataRedacted);

    /// <summary>Whether a path in the data of an event of that type is such a text.</summary>
    public static bool IsText(Type type, IReadOnlyList<string> path) =>
        Texts.TryGetValue(type, out var texts) && texts.Any(text => Fits(text.Split('.'), path));

    private static bool Fits(string[] text, IReadOnlyList<string> path) =>
        text.Length == path.Count && text.Zip(path).All(part => part.First == "*" ? IsPlace(part.Second) : part.First == part.Second);

    /// <summary>As it is written once: a place has one name, since the name is kept for ever.</summary>
    private static bool IsPlace(string part) => part.Length > 0 && part.All(char.IsAsciiDigit) && (part == "0" || part[0] != '0');
}

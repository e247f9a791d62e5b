using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Processes;

/// <summary>Makes a version a package after the fact. A label is given once: what people know by it stays what it is.</summary>
public static class LabelVersionDecider
{
    public static void Needs(LabelVersion command, Needs needs)
    {
        needs.Component(command.ProcessId);
        needs.VersionsOf(command.ProcessId);
    }

    public static Decision Decide(LabelVersion command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return notLive;
        var (key, label) = (new VersionKey(command.ProcessId, command.VersionNumber), command.Label.Trim());
        if (PackageRules.Find(key, account) is not { } version) return RedeployVersionDecider.NoSuchVersion(command.VersionNumber, account.Component(command.ProcessId)!.Deployment.CurrentVersion);
        if (string.Equals(version.Label, label, StringComparison.Ordinal)) return Decision.Unchanged;
        if (version.Label is not null) return new Refusal(RefusalCodes.AlreadyLabelled, $"Version {version.VersionNumber} has the label {version.Label}.", PackageRules.Details(version));
        return (PackageRules.Withdrawn(key, account) ?? PackageRules.Taken(command.ProcessId, label, account)) is { } refusal
            ? refusal
            : new VersionLabelled { ProcessId = command.ProcessId, VersionNumber = command.VersionNumber, Label = label };
    }
}

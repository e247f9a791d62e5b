using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>
/// What an Atom says it downloaded. The digest must be that of the version, so that no Atom can acknowledge what it was not
/// sent; the last report counts, since with environments an older number may become current again.
/// </summary>
public static class AcknowledgeVersionDecider
{
    public static void Needs(AcknowledgeVersion command, Account account, Needs needs)
    {
        needs.Atom(command.AtomId);
        needs.Attachment(command.Key());
        if (needs.Component(command.ProcessId) && account.Component(command.ProcessId) is not null) needs.Manifest(new(command.ProcessId, command.VersionNumber));
    }

    public static Decision Decide(AcknowledgeVersion command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return notLive;
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;
        var process = account.Component(command.ProcessId)!;
        if (AttachmentRules.NotDeployed(process, account.LiveAtom(command.AtomId)!) is { } notDeployed) return notDeployed;
        if (account.Manifests[new(command.ProcessId, command.VersionNumber)] is not { } deployed)
            return new Refusal(RefusalCodes.NoSuchVersion, $"{process.Name} has no version {command.VersionNumber}.", new ExpectationDetails(command.VersionNumber, process.Deployment.CurrentVersion));
        if (!string.Equals(deployed.Digest, command.Digest, StringComparison.Ordinal))
            return new Refusal(RefusalCodes.DigestMismatch, $"Version {command.VersionNumber} of {process.Name} has another digest: download it again.", new DigestDetails(deployed.Digest, command.Digest));

        var before = account.Attachments[command.Key()];
        return command.Status == DownloadStatus.Downloaded ? Downloaded(command, before) : Failed(command, before);
    }

    private static Decision Downloaded(AcknowledgeVersion command, Attachment? before) =>
        before is { Failure: null } && before.AcknowledgedVersion == command.VersionNumber
            ? Decision.Unchanged
            : new VersionDownloaded { ProcessId = command.ProcessId, AtomId = command.AtomId, VersionNumber = command.VersionNumber, Digest = command.Digest };

    private static Decision Failed(AcknowledgeVersion command, Attachment? before) =>
        before?.Failure == new FailedDownload(command.VersionNumber, command.Message)
            ? Decision.Unchanged
            : new DownloadFailed
            {
                ProcessId = command.ProcessId,
                AtomId = command.AtomId,
                VersionNumber = command.VersionNumber,
                Digest = command.Digest,
                AcknowledgedVersion = before?.AcknowledgedVersion,
                Message = command.Message,
            };

    private static AttachmentKey Key(this AcknowledgeVersion command) => new(command.ProcessId, command.AtomId);
}

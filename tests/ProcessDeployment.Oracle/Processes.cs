using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Testing;

/// <summary>Processes in lists, their versions, and what runs on an Atom.</summary>
internal static class Processes
{
    public static ProcessItem Item(ComponentItem process, Facts facts)
    {
        var reasons = Reasons.Of(process, facts);
        var last = facts.Histories.TryGetValue(process.ComponentId, out var history) ? history[^1] : default;
        return new(
            process.ComponentId, process.Name, process.Folder, process.LatestRevision, last.Deployed?.VersionNumber,
            last.Recorded?.Time, last.Recorded?.Actor, facts.AtomsOf(process.ComponentId), reasons.Count > 0, reasons);
    }

    public static IReadOnlyList<VersionItem> Versions(List<(RecordedEvent Recorded, VersionDeployed Deployed)> history, Facts facts) =>
    [
        .. from version in history
           let deployed = version.Deployed
           select new VersionItem(
               deployed.VersionNumber, version.Recorded.Time, version.Recorded.Actor, deployed.Note, deployed.RedeployOf, deployed.IdenticalTo,
               ReferenceEquals(deployed, history[^1].Deployed) && IsSomewhere(deployed, facts), deployed.Digest, deployed.Manifest, deployed.Targets)
           {
               Label = facts.Labels.GetValueOrDefault((deployed.ProcessId, deployed.VersionNumber)),
               Withdrawn = facts.Withdrawn.Contains((deployed.ProcessId, deployed.VersionNumber)),
           },
    ];

    /// <summary>A package is nowhere until an environment has it, or nobody uses environments any more.</summary>
    private static bool IsSomewhere(VersionDeployed made, Facts facts) =>
        made.Targets.Count > 0 || !facts.UsesEnvironments || facts.CurrentIn.Any(current => current.Key.ProcessId == made.ProcessId && ReferenceEquals(current.Value.Deployed, made));

    /// <summary>Attached and a version exists: neither alone is deployed.</summary>
    public static IReadOnlyList<DeploymentItem> On(Guid atomId, IEnumerable<ProcessItem> processes, Facts facts) =>
    [
        .. from process in processes
           where process.Atoms.Contains(atomId)
           let effective = facts.On(process.ProcessId, atomId)
           where effective is not null
           let attached = facts.Attachments[process.ProcessId][atomId]
           let deployed = effective.Recorded.Time
           orderby process.ProcessId
           select new DeploymentItem(
               atomId, process.ProcessId, process.Name, effective.Deployed.VersionNumber, attached > deployed ? attached : deployed,
               effective.Recorded.Actor, effective.Note, process.RevisedSinceDeploy),
    ];
}

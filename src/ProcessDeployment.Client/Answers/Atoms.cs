namespace ProcessDeployment.Client;

/// <summary>An Atom, deleted ones too.</summary>
public sealed record AtomAnswer : AtomItem
{
    public bool Deleted { get; init; }
    public string? DeletedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>How many Processes are attached; those without a version are not deployed.</summary>
    public long AttachedProcesses { get; init; }

    public long DeployedProcesses { get; init; }
    public long Position { get; init; }
}

/// <summary>A Process that is deployed on an Atom.</summary>
/// <param name="ProcessId">The Process.</param>
/// <param name="Name">Its name.</param>
/// <param name="VersionNumber">The version that is effective there: what the Atom is to run.</param>
/// <param name="Since">Since when: the later of attaching and deploying.</param>
/// <param name="DeployedBy">Who deployed it.</param>
/// <param name="Note">What was noted then.</param>
/// <param name="RevisedSinceDeploy">The bold flag.</param>
/// <param name="Download">How far the Atom is with it.</param>
public sealed record DeployedProcess(
    Guid ProcessId, string Name, int VersionNumber, DateTimeOffset Since, string DeployedBy, string? Note, bool RevisedSinceDeploy, Download Download);

namespace ProcessDeployment.Contracts.Commands;

/// <summary>Lets a listener on an Atom take no requests until somebody resumes it.</summary>
[WireName("processdeployment.pause-listeners.v1")]
public sealed record PauseListeners : Command
{
    /// <summary>Id of the Process, whose version there must start on requests; left out: all of those on the Atom.</summary>
    public Guid? ProcessId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }
}

/// <summary>Lets listeners that are paused take requests again.</summary>
[WireName("processdeployment.resume-listeners.v1")]
public sealed record ResumeListeners : Command
{
    /// <summary>Id of the Process, whose version there must start on requests; left out: all of those on the Atom.</summary>
    public Guid? ProcessId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }
}

/// <summary>Stops a listener on an Atom and starts it again, a paused one too. Of all, those that are paused stay so.</summary>
[WireName("processdeployment.restart-listeners.v1")]
public sealed record RestartListeners : Command
{
    /// <summary>Id of the Process, whose version there must start on requests; left out: all of those on the Atom.</summary>
    public Guid? ProcessId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }
}

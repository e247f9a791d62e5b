using System.Text.Json.Serialization;

namespace ProcessDeployment.Contracts;

/// <summary>
/// What a command did to a Process on one Atom, so that nothing is silent: which licences it took or gave back and what it
/// put to rest. Read from the events of the command, so it is the same whenever and over whichever channel it is given.
/// </summary>
public sealed record ReceiptItem
{
    /// <summary>The Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>The Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>What became of it there.</summary>
    public required AttachmentChange Change { get; init; }

    /// <summary>The version that became effective there, or stopped being; null when none was deployed.</summary>
    public int? VersionNumber { get; init; }

    /// <summary>Connections on the Atom that nothing needed before: each takes a licence.</summary>
    public IReadOnlyList<LicencePair> LicencesTaken { get; init; } = [];

    /// <summary>Connections on the Atom that nothing needs any more.</summary>
    public IReadOnlyList<FreedLicence> LicencesFreed { get; init; } = [];

    /// <summary>What rests there from now on, until somebody resumes it.</summary>
    public IReadOnlyList<Suspension> Suspended { get; init; } = [];
}

/// <summary>What can become of an attachment, and of what is scheduled there.</summary>
public enum AttachmentChange
{
    /// <summary>The Atom was attached.</summary>
    [JsonStringEnumMemberName("attached")] Attached,

    /// <summary>The Atom was detached.</summary>
    [JsonStringEnumMemberName("detached")] Detached,

    /// <summary>What a detach had put to rest is at work again.</summary>
    [JsonStringEnumMemberName("schedulesResumed")] SchedulesResumed,

    /// <summary>The version that became effective there starts otherwise: its schedules rest.</summary>
    [JsonStringEnumMemberName("schedulesSuspended")] SchedulesSuspended,
}

/// <summary>Something that was put to rest.</summary>
/// <param name="Kind"><c>schedule</c> or <c>listener</c>.</param>
/// <param name="Description">What it was, for people.</param>
/// <param name="Reason">Why it rests, for example <c>Detached</c>.</param>
public sealed record Suspension(string Kind, string Description, string Reason);

/// <summary>A licence that became free.</summary>
public sealed record FreedLicence(ConnectorClass Class, Classification Classification, Guid ComponentId, Guid AtomId);

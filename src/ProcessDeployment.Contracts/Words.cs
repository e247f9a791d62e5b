using System.Text.Json.Serialization;

namespace ProcessDeployment.Contracts;

/// <summary>How a component refers to another.</summary>
public enum ReferenceKind
{
    /// <summary>Bundled: the other is deployed with it (a connection, a map, a child Process by Process Call).</summary>
    [JsonStringEnumMemberName("dependent")] Dependent,

    /// <summary>Bound at run time and deployed on its own (a Process Route, an API Service).</summary>
    [JsonStringEnumMemberName("independent")] Independent,
}

/// <summary>The licence pool a connector belongs to.</summary>
public enum ConnectorClass
{
    /// <summary>Standard connectors.</summary>
    [JsonStringEnumMemberName("standard")] Standard,

    /// <summary>Small business connectors.</summary>
    [JsonStringEnumMemberName("smallBusiness")] SmallBusiness,

    /// <summary>Enterprise connectors.</summary>
    [JsonStringEnumMemberName("enterprise")] Enterprise,

    /// <summary>Trading partners.</summary>
    [JsonStringEnumMemberName("tradingPartner")] TradingPartner,
}

/// <summary>Whether an Atom serves production or tests; decides between the two pools of a class.</summary>
public enum Classification
{
    /// <summary>Production; also every Atom while environments are off.</summary>
    [JsonStringEnumMemberName("PROD")] Production,

    /// <summary>Test.</summary>
    [JsonStringEnumMemberName("TEST")] Test,
}

/// <summary>What happens beyond the purchased licences.</summary>
public enum LicenceEnforcement
{
    /// <summary>Stop at purchased (the default).</summary>
    [JsonStringEnumMemberName("strict")] Strict,

    /// <summary>Allow up to five times purchased, with a warning (R32).</summary>
    [JsonStringEnumMemberName("tolerant")] Tolerant,
}

/// <summary>How a Process starts.</summary>
public enum StartStep
{
    /// <summary>Started by another Process or by hand only.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>Can be scheduled and run by hand.</summary>
    [JsonStringEnumMemberName("schedule")] Schedule,

    /// <summary>Starts on incoming requests; can neither be scheduled nor run by hand.</summary>
    [JsonStringEnumMemberName("listener")] Listener,
}

/// <summary>Kind of runtime.</summary>
public enum AtomType
{
    /// <summary>A single runtime.</summary>
    [JsonStringEnumMemberName("ATOM")] Atom,

    /// <summary>A cluster that acts as one runtime.</summary>
    [JsonStringEnumMemberName("MOLECULE")] Molecule,

    /// <summary>A shared, hosted runtime.</summary>
    [JsonStringEnumMemberName("CLOUD")] Cloud,
}

/// <summary>How an Atom is, as it says itself.</summary>
public enum AtomStatus
{
    /// <summary>It has said nothing yet.</summary>
    [JsonStringEnumMemberName("UNKNOWN")] Unknown,

    /// <summary>It runs.</summary>
    [JsonStringEnumMemberName("ONLINE")] Online,

    /// <summary>It runs, and something is wrong with it.</summary>
    [JsonStringEnumMemberName("WARNING")] Warning,

    /// <summary>It does not run.</summary>
    [JsonStringEnumMemberName("OFFLINE")] Offline,
}

/// <summary>What became of a download.</summary>
public enum DownloadStatus
{
    /// <summary>The version is on the Atom, its digest was verified, and the next run uses it.</summary>
    [JsonStringEnumMemberName("downloaded")] Downloaded,

    /// <summary>The Atom could not get it, or got something else; it runs what it ran before.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>Whether schedules are at work.</summary>
public enum ScheduleStatus
{
    /// <summary>They are.</summary>
    [JsonStringEnumMemberName("enabled")] Enabled,

    /// <summary>Somebody stopped them.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>Something else put them to rest; they stay so until somebody resumes them.</summary>
    [JsonStringEnumMemberName("suspended")] Suspended,
}

/// <summary>Why schedules are suspended.</summary>
public enum SuspensionReason
{
    /// <summary>The Process was detached from the Atom (#9).</summary>
    [JsonStringEnumMemberName("Detached")] Detached,

    /// <summary>A version was deployed that starts on incoming requests (R46).</summary>
    [JsonStringEnumMemberName("StartStepChanged")] StartStepChanged,
}

/// <summary>Whether a listener takes requests.</summary>
public enum ListenerStatus
{
    /// <summary>It does.</summary>
    [JsonStringEnumMemberName("RUNNING")] Running,

    /// <summary>Somebody paused it.</summary>
    [JsonStringEnumMemberName("PAUSED")] Paused,
}

/// <summary>Why runs were missed that a schedule wanted.</summary>
public enum MissedReason
{
    /// <summary>No engine was there, or none came to it in time.</summary>
    [JsonStringEnumMemberName("EngineAway")] EngineAway,

    /// <summary>The Atom did not say that it runs (#64).</summary>
    [JsonStringEnumMemberName("AtomOffline")] AtomOffline,
}

/// <summary>Why a Process runs.</summary>
public enum ExecutionKind
{
    /// <summary>Somebody asked for it.</summary>
    [JsonStringEnumMemberName("manual")] Manual,

    /// <summary>Its schedule did.</summary>
    [JsonStringEnumMemberName("scheduled")] Scheduled,

    /// <summary>A scheduled execution failed, and this tries again.</summary>
    [JsonStringEnumMemberName("retry")] Retry,

    /// <summary>Another execution called it.</summary>
    [JsonStringEnumMemberName("subProcess")] SubProcess,
}

/// <summary>How far an execution is.</summary>
public enum ExecutionStatus
{
    /// <summary>The Atom was asked and has not begun.</summary>
    [JsonStringEnumMemberName("REQUESTED")] Requested,

    /// <summary>It runs.</summary>
    [JsonStringEnumMemberName("STARTED")] Started,

    /// <summary>It ended well.</summary>
    [JsonStringEnumMemberName("COMPLETE")] Complete,

    /// <summary>It ended, with warnings.</summary>
    [JsonStringEnumMemberName("COMPLETE_WARN")] CompleteWarn,

    /// <summary>It failed.</summary>
    [JsonStringEnumMemberName("ERROR")] Error,

    /// <summary>It was ended before it was done.</summary>
    [JsonStringEnumMemberName("ABORTED")] Aborted,

    /// <summary>It never ran, since another was under way and only one may be at a time.</summary>
    [JsonStringEnumMemberName("DISCARDED")] Discarded,
}

/// <summary>A value for one run.</summary>
/// <param name="Key">Unique within the run.</param>
/// <param name="Value">The value, at most 2,000 characters.</param>
public sealed record ExecutionProperty(string Key, string Value);

/// <summary>A reference from one component to another.</summary>
/// <param name="ComponentId">The other component.</param>
/// <param name="Kind">Whether the other is deployed with it.</param>
public sealed record ComponentReference(Guid ComponentId, ReferenceKind Kind);

/// <summary>The connector behind a connection.</summary>
/// <param name="Type">Its wire name, for example <c>http</c>; <see cref="ExemptConnectors"/> never count.</param>
/// <param name="Class">Its licence class.</param>
public sealed record Connector(string Type, ConnectorClass Class);

/// <summary>A hole in a component for a value set per Atom.</summary>
/// <param name="Key">Unique within the component.</param>
/// <param name="Label">What people see.</param>
/// <param name="Secret">Values are write-only.</param>
public sealed record ExtensionDeclaration(string Key, string Label, bool Secret);

/// <summary>What to set an extension to.</summary>
/// <param name="Key">One that the deployed version declares.</param>
/// <param name="Value">The value, at most 8,000 characters.</param>
/// <param name="UseDefault">True where the Process's own value is wanted instead of one.</param>
public sealed record ExtensionSetting(string Key, string? Value = null, bool? UseDefault = null);

using System.Text.Json.Serialization;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>How far a run is here. What was written once is not taken back: a run that began never begins again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStep>))]
internal enum RunStep
{
    /// <summary>The engine is asked whether this agent may run it. Nothing runs yet.</summary>
    Claimed,

    /// <summary>Its command runs, or is about to, or did until the agent died.</summary>
    Begun,

    /// <summary>It is over, and the engine perhaps does not know.</summary>
    Ended,

    /// <summary>The engine knows.</summary>
    Told,
}

/// <summary>What is kept of a run. Its reports have their ids from the start: sent again they take effect once.</summary>
internal sealed record RunRecord
{
    public required Guid ExecutionId { get; init; }
    public required Guid ProcessId { get; init; }

    /// <summary>The name of the Process, for whoever reads the file.</summary>
    public required string Name { get; init; }

    /// <summary>What runs; null where it is over before anything did.</summary>
    public KeptVersion? Version { get; init; }

    public required RunStep Step { get; init; }

    /// <summary>The id of the report that it starts.</summary>
    public Guid ClaimId { get; init; } = Guid.CreateVersion7();

    /// <summary>The id of the report how it ended.</summary>
    public Guid EndId { get; init; } = Guid.CreateVersion7();

    /// <summary>How it ended.</summary>
    public string? Status { get; init; }

    public string? Message { get; init; }
    public string? LogTail { get; init; }

    public static RunRecord Of(AskedRun asked, RunStep step, KeptVersion? version = null) =>
        new() { ExecutionId = asked.ExecutionId, ProcessId = asked.ProcessId, Name = asked.ProcessName, Step = step, Version = version };

    public RunRecord EndedAs(string status, string message, string? logTail = null) =>
        this with { Step = RunStep.Ended, Status = status, Message = message.Length > Reports.LongestMessage ? message[..Reports.LongestMessage] : message, LogTail = logTail };
}

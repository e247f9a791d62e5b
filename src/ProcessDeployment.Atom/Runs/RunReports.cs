using Microsoft.Extensions.Logging;

namespace ProcessDeployment.AtomAgent.Runs;

/// <summary>Tells the engine of runs, under ids that were written down before.</summary>
internal sealed class RunReports(AgentOptions options, EngineClient engine, RunFolder folder, ILogger<RunReports> log)
{
    private const string Report = "processdeployment.report-execution.v1";

    /// <summary>What is told of a log that is not taken as it is.</summary>
    private const int ShortTail = 1_000;

    private long _position;

    /// <summary>Until where answers of the engine must be, or they do not know yet what was told to it.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>
    /// Whether this agent may run it: the first report of a start is taken and no other. Whoever asks again with the same
    /// record is told the same.
    /// </summary>
    public async Task<bool> ClaimAsync(RunRecord record, CancellationToken cancellation)
    {
        var outcome = await SendAsync(record.ClaimId, new { atomId = options.AtomId, executionId = record.ExecutionId, status = RunStatus.Started, versionNumber = record.Version?.VersionNumber }, cancellation);
        if (outcome.Status == "accepted") return true;
        log.LogInformation("Execution {Execution} of {Process} is not for this agent: {Why}", record.ExecutionId, record.Name, outcome.Refusal?.Message ?? "another began it");
        return false;
    }

    /// <summary>Tells how it ended. Refused for good, it is told nevertheless: telling it again would change nothing.</summary>
    public async Task EndAsync(RunRecord record, CancellationToken cancellation)
    {
        // How it ended matters more than what it said: that is left out when it is not taken.
        string?[] tails = [record.LogTail, record.LogTail is { } tail ? LogTail.EndOf(tail, ShortTail) : null, null];
        foreach (var said in tails.Distinct())
        {
            try
            {
                var outcome = await SendAsync(record.EndId, new { atomId = options.AtomId, executionId = record.ExecutionId, status = record.Status, message = record.Message, logTail = said }, cancellation);
                if (outcome.Refusal is { } refusal) log.LogWarning("The engine refused the end of execution {Execution} of {Process}: {Code}, {Message}", record.ExecutionId, record.Name, refusal.Code, refusal.Message);
                break;
            }
            catch (EngineSaysNoException e)
            {
                log.LogError("The end of execution {Execution} of {Process} is not taken: {Reason}", record.ExecutionId, record.Name, e.Message);
                if (!e.IsFinal) return;
            }
        }

        folder.Keep(record with { Step = RunStep.Told, LogTail = null });
    }

    private async Task<ReportOutcome> SendAsync(Guid id, object data, CancellationToken cancellation)
    {
        var outcome = await engine.SendAsync(id, Report, data, cancellation);
        for (var known = Position; outcome.Position > known; known = Position) Interlocked.CompareExchange(ref _position, outcome.Position, known);
        return outcome;
    }
}

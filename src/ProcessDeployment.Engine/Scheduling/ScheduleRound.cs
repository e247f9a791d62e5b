using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Scheduling;

/// <summary>Makes the runs that are due, each once among all nodes: the id of its command follows from what is due and when, so a second one is a repeat.</summary>
internal sealed class ScheduleRound(DueRuns due, DueRetries retries, ICommandPipeline pipeline, ILogger<ScheduleRound> log)
{
    public const int Most = 500;

    private const string Source = "//process-deployment/engine";
    private const string Type = "processdeployment.run-schedule.v1";

    private static readonly string Requested = WireNameAttribute.Of(typeof(ExecutionRequested));

    /// <summary>How many rows it saw to; fewer than <see cref="Most"/> when no more are due.</summary>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var again = await RetryAsync(now, cancellation);
        var runs = await due.ClaimAsync(now, Most, cancellation);
        if (runs.Count == 0) return again;
        var moved = await Task.WhenAll(runs.Select(run => MakeAsync(run, run.At(now), cancellation)));
        await due.MoveAsync([.. moved.OfType<Moved>()], cancellation);
        return Math.Max(again, runs.Count);
    }

    private async Task<int> RetryAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var claimed = await retries.ClaimAsync(now, Most, cancellation);
        if (claimed.Count == 0) return 0;
        var done = await Task.WhenAll(claimed.Select(async retry => await SendAsync(retry.At(now), IdOf($"retry/{retry.AccountId}/{retry.ExecutionId}"), cancellation) is null ? null : retry));
        await retries.TakeOutAsync([.. done.OfType<DueRetry>()], cancellation);
        return claimed.Count;
    }

    /// <summary>A UUID by name (version 8: SHA-256), the same on every node.</summary>
    private static Guid IdOf(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"process-deployment/{name}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash[..16], bigEndian: true);
    }

    /// <summary>Null for one that could not be seen to now: its claim ends, and some node takes it up again.</summary>
    private async Task<Moved?> MakeAsync(DueRun run, Planned planned, CancellationToken cancellation)
    {
        if (planned.Command is null) return new(run, planned.Next, planned.MissedFrom);
        var id = IdOf($"schedule/{run.AccountId}/{run.Key.ProcessId}/{run.Key.AtomId}/{run.Due.ToUnixTimeSeconds()}");
        if (await SendAsync(planned.Command, id, cancellation) is not { } outcome) return null;
        var isMissed = planned.Command.DueAt is not null && outcome.Events.Count > 0 && outcome.Events.All(e => !string.Equals(e.Type, Requested, StringComparison.Ordinal));
        return new(run, planned.Next, isMissed ? planned.MissedFrom : null);
    }

    private async Task<Outcome?> SendAsync(RunSchedule command, Guid id, CancellationToken cancellation)
    {
        try
        {
            return await pipeline.SubmitAsync(Incoming(command, id), cancellation);
        }
        catch (Exception e) when (e is PipelineBusyException or StoreUnavailableException or AccountAwayException)
        {
            log.LogWarning(e, "A run of {Process} on {Atom} in {Account} that is due waits", command.ProcessId, command.AtomId, command.AccountId);
            return null;
        }
    }

    /// <summary>Two nodes may have seen different misses; what they say is the same nevertheless.</summary>
    private static IncomingCommand Incoming(RunSchedule command, Guid id) => new(new(id, Source, Type, Time: null, command, SHA256.HashData(id.ToByteArray())), Channels.Engine);
}

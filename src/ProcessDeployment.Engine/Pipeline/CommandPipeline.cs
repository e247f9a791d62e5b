using System.Collections.Concurrent;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Operations;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>One lane per account; as many batches at work as the database gains from.</summary>
public sealed class CommandPipeline : ICommandPipeline, IDisposable
{
    private readonly ConcurrentDictionary<string, AccountLane> _lanes = new(StringComparer.Ordinal);
    private readonly BatchAttempts _attempts;
    private readonly LaneRunner _runner;

    internal CommandPipeline(BatchRunner batches, PipelineOptions options, PipelineSignals signals, ILogger<CommandPipeline> log)
    {
        _attempts = new(batches, options, signals, log);
        _runner = new(_attempts, options, lane => _lanes.TryRemove(KeyValuePair.Create(lane.AccountId, lane)));
    }

    public Task<Outcome> SubmitAsync(IncomingCommand command, CancellationToken cancellation = default) =>
        Tracing.IsOn ? TracedAsync(command, cancellation) : EnqueueAsync(command, cancellation);

    public void Dispose() => _attempts.Dispose();

    /// <summary>Waits until nothing is at work any more.</summary>
    public Task DrainAsync(CancellationToken cancellation) => _runner.DrainAsync(cancellation);

    /// <summary>Accounts that have something waiting.</summary>
    internal int Lanes => _lanes.Count;

    private async Task<Outcome> TracedAsync(IncomingCommand command, CancellationToken cancellation)
    {
        using var trace = Tracing.Command(command);
        var outcome = await EnqueueAsync(command, cancellation);
        trace.Ended(outcome);
        return outcome;
    }

    private Task<Outcome> EnqueueAsync(IncomingCommand command, CancellationToken cancellation)
    {
        while (true)
        {
            var lane = _lanes.GetOrAdd(command.AccountId, static (account, runner) => new(account, runner), _runner);
            if (lane.TrySubmit(command, out var outcome)) return outcome.WaitAsync(cancellation);
        }
    }
}

/// <summary>How the pipeline shares the machine.</summary>
public sealed record PipelineOptions
{
    /// <summary>Most commands of one batch.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Small batches of several accounts share a transaction while together they have at most so many commands.</summary>
    public int SharedSize { get; init; } = 64;

    /// <summary>Transactions of small batches at work at once: while one waits for the disk another computes.</summary>
    public int SharedParallelism { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Transactions of large batches at work at once, each with other accounts; and as many of accounts that are tried alone.</summary>
    public int Parallelism { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Most commands waiting in one lane; more are turned away with "try again".</summary>
    public int Waiting { get; init; } = 20_000;

    /// <summary>Most characters of content in one transaction, but for a single command. PostgreSQL takes a gigabyte in one message.</summary>
    public long BatchContent { get; init; } = 32 << 20;

    /// <summary>Most characters of content that wait in all lanes; more are turned away with "try again".</summary>
    public long WaitingContent { get; init; } = 128 << 20;

    /// <summary>How often a batch is tried again when the database fails it, before its senders are told.</summary>
    public int Retries { get; init; } = 4;
}

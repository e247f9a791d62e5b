using System.Collections.Concurrent;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Operations;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>One lane per account; as many batches at work as the database gains from.</summary>
public sealed class CommandPipeline : ICommandPipeline, IDisposable
{
    private readonly ConcurrentDictionary<string, AccountLane> _lanes = new(StringComparer.Ordinal);
    private readonly LaneRunner _runner;

    internal CommandPipeline(BatchRunner batches, PipelineOptions options, PipelineSignals signals, ILogger<CommandPipeline> log) =>
        _runner = new(batches, options, signals, log);

    public Task<Outcome> SubmitAsync(IncomingCommand command, CancellationToken cancellation = default) =>
        Tracing.IsOn ? TracedAsync(command, cancellation) : EnqueueAsync(command, cancellation);

    /// <summary>Waits until nothing is at work any more.</summary>
    public Task DrainAsync(CancellationToken cancellation) => _runner.DrainAsync(cancellation);

    public void Dispose() => _runner.Dispose();

    private async Task<Outcome> TracedAsync(IncomingCommand command, CancellationToken cancellation)
    {
        using var trace = Tracing.Command(command);
        var outcome = await EnqueueAsync(command, cancellation);
        trace.Ended(outcome);
        return outcome;
    }

    private Task<Outcome> EnqueueAsync(IncomingCommand command, CancellationToken cancellation) =>
        _lanes.GetOrAdd(command.AccountId, static (account, runner) => new(account, runner), _runner).SubmitAsync(command).WaitAsync(cancellation);
}

/// <summary>How the pipeline shares the machine.</summary>
public sealed record PipelineOptions
{
    /// <summary>Most commands of one batch.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Batches at work at once, each of another account.</summary>
    public int Parallelism { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Most commands waiting in one lane; more are turned away with "try again".</summary>
    public int Waiting { get; init; } = 20_000;

    /// <summary>How often a batch is tried again when the database fails it, before its senders are told.</summary>
    public int Retries { get; init; } = 4;
}

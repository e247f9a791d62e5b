using System.Diagnostics;
using System.Diagnostics.Metrics;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Says after each commit what was committed: to the daemon that feeds read models, to those who wait for outcomes, to metrics.</summary>
public sealed class PipelineSignals : IDisposable
{
    public const string Name = "ProcessDeployment.Pipeline";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _commands;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _batch;

    public PipelineSignals()
    {
        _commands = _meter.CreateCounter<long>("process_deployment.commands", "{command}", "Commands judged, by status, channel and refusal code.");
        _duration = _meter.CreateHistogram<double>("process_deployment.command.duration", "s", "From taking a command to its committed outcome.");
        _batch = _meter.CreateHistogram<int>("process_deployment.batch.size", "{command}", "Commands per batch.");
    }

    /// <summary>Raised after a commit that appended events. Handlers must not block.</summary>
    public event Action? Appended;

    /// <summary>Raised after a commit that answered commands of the PostgreSQL intake. Handlers must not block.</summary>
    public event Action? Answered;

    public void Dispose() => _meter.Dispose();

    /// <summary>Events were appended, but by no batch of commands.</summary>
    internal void AppendedBeside() => Appended?.Invoke();

    internal void Committed(IReadOnlyList<AccountLane.Waiting> batch, IReadOnlyList<Outcome> outcomes)
    {
        var appended = false;
        _batch.Record(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            appended |= outcomes[i] is { Replayed: false, Events.Count: > 0 };
            _duration.Record(Stopwatch.GetElapsedTime(batch[i].Since).TotalSeconds);
            _commands.Add(
                1,
                new KeyValuePair<string, object?>("status", outcomes[i].Replayed ? "replayed" : outcomes[i].Status.ToString()),
                new KeyValuePair<string, object?>("channel", batch[i].Command.Channel),
                new KeyValuePair<string, object?>("code", outcomes[i].Refusal?.Code));
        }

        if (appended) Appended?.Invoke();
        if (batch.Any(waiting => waiting.Command.IntakeRow is not null)) Answered?.Invoke();
    }
}

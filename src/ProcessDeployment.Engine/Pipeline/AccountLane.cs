using System.Diagnostics;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// What waits for one account. While a batch is at work the next one gathers, so that batches grow with the load and a
/// single command never waits for company.
/// </summary>
internal sealed class AccountLane(string accountId, LaneRunner runner)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _running;

    public string AccountId { get; } = accountId;

    public Task<Outcome> SubmitAsync(IncomingCommand command)
    {
        var waiting = new Waiting(command);
        lock (_gate)
        {
            if (_waiting.Count >= runner.Options.Waiting) throw new PipelineBusyException();
            _waiting.Enqueue(waiting);
            if (_running) return waiting.Task;
            _running = true;
        }

        runner.Start(this);
        return waiting.Task;
    }

    /// <summary>The next batch; null when nothing waits, and then the lane is at rest.</summary>
    public IReadOnlyList<Waiting>? Next()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _running = false;
                return null;
            }

            var batch = new List<Waiting>(Math.Min(_waiting.Count, runner.Options.BatchSize));
            while (batch.Count < runner.Options.BatchSize && _waiting.TryDequeue(out var waiting)) batch.Add(waiting);
            return batch;
        }
    }

    /// <summary>Tells everyone who cannot wait that the store does not answer.</summary>
    public void FailThoseInAHurry(Exception exception)
    {
        var failed = new List<Waiting>();
        lock (_gate)
        {
            for (var left = _waiting.Count; left > 0; left--)
            {
                var waiting = _waiting.Dequeue();
                if (waiting.Command.CanWait) _waiting.Enqueue(waiting);
                else failed.Add(waiting);
            }
        }

        foreach (var waiting in failed) waiting.Fail(exception);
    }

    /// <summary>A command and the sender who waits for its outcome.</summary>
    internal sealed class Waiting(IncomingCommand command)
    {
        // Senders go on elsewhere: the lane must not run their code.
        private readonly TaskCompletionSource<Outcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IncomingCommand Command { get; } = command;

        public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

        public long Since { get; } = Stopwatch.GetTimestamp();

        public Task<Outcome> Task => _answer.Task;

        public void Answer(Outcome outcome) => _answer.TrySetResult(outcome);

        public void Fail(Exception exception) => _answer.TrySetException(exception);
    }
}

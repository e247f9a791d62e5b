using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
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
    private long _content;
    private bool _running;
    private bool _left;

    public string AccountId { get; } = accountId;

    /// <summary>False when the lane has left since it was looked up; there is a new one then.</summary>
    public bool TrySubmit(IncomingCommand command, [NotNullWhen(true)] out Task<Outcome>? outcome)
    {
        var waiting = new Waiting(command, runner);
        outcome = waiting.Task;
        lock (_gate)
        {
            if (_left) return false;
            if (_waiting.Count >= runner.Options.Waiting || !runner.Admits(waiting))
            {
                outcome = Task.FromException<Outcome>(new PipelineBusyException());
                if (!_running) Leave();
                return true;
            }

            _waiting.Enqueue(waiting);
            _content += waiting.Size;
            if (_running) return true;
            _running = true;
        }

        runner.Start(this);
        return true;
    }

    /// <summary>How many wait.</summary>
    public int Commands
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Characters of content that wait.</summary>
    public long Content
    {
        get
        {
            lock (_gate) return _content;
        }
    }

    /// <summary>The next batch: at most so many commands, and no more content than travels well in one statement.</summary>
    public IReadOnlyList<Waiting> Take(int most)
    {
        lock (_gate)
        {
            var batch = new List<Waiting>(Math.Min(_waiting.Count, most));
            for (long size = 0; batch.Count < most && _waiting.TryPeek(out var waiting) && (batch.Count == 0 || size + waiting.Size <= runner.Options.BatchContent); size += waiting.Size)
                batch.Add(_waiting.Dequeue());
            _content -= batch.Sum(waiting => (long)waiting.Size);
            return batch;
        }
    }

    /// <summary>Whether nothing waits any more. The lane leaves then: anybody may name accounts, also such as there are not.</summary>
    public bool Leaves()
    {
        lock (_gate)
        {
            _running = _waiting.Count > 0;
            if (!_running) Leave();
            return _left;
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

            _content -= failed.Sum(waiting => (long)waiting.Size);
        }

        foreach (var waiting in failed) waiting.Fail(exception);
    }

    private void Leave()
    {
        _left = true;
        runner.Left(this);
    }

    /// <summary>A command and the sender who waits for its outcome.</summary>
    internal sealed class Waiting(IncomingCommand command, LaneRunner runner)
    {
        // Senders go on elsewhere: the lane must not run their code.
        private readonly TaskCompletionSource<Outcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IncomingCommand Command { get; } = command;

        /// <summary>Characters of content.</summary>
        public int Size { get; } = command.Content?.Text?.Length ?? 0;

        public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

        public long Since { get; } = Stopwatch.GetTimestamp();

        public Task<Outcome> Task => _answer.Task;

        public void Answer(Outcome outcome)
        {
            if (_answer.TrySetResult(outcome)) runner.Dismiss(this);
        }

        public void Fail(Exception exception)
        {
            if (_answer.TrySetException(exception)) runner.Dismiss(this);
        }
    }
}

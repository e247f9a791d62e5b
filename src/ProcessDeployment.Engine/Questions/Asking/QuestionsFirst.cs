using System.Diagnostics;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// Whoever works for seconds steps aside while somebody waits for an answer. A lower priority of threads does not do that:
/// a garbage collection that such a thread is in the middle of stops all others, and takes the longer the less it is given.
/// </summary>
internal sealed class QuestionsFirst : IDisposable
{
    private readonly ManualResetEventSlim _answered = new(initialState: true, spinCount: 0);
    private readonly Lock _gate = new();
    private int _waiting;

    /// <summary>A question, until it is answered.</summary>
    public Answering Asked()
    {
        lock (_gate)
        {
            if (++_waiting == 1) _answered.Reset();
        }

        return new(this);
    }

    /// <summary>Somebody who begins to work for long.</summary>
    public Worker Begun() => new(this);

    public void Dispose() => _answered.Dispose();

    private void Answered()
    {
        lock (_gate)
        {
            if (--_waiting == 0) _answered.Set();
        }
    }

    /// <summary>Who works and steps aside. Questions without a pause do not stop him: they take at most four fifths of his time.</summary>
    internal sealed class Worker(QuestionsFirst questions)
    {
        private const int Share = 4;
        private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(10);
        private long _since = Stopwatch.GetTimestamp();
        private TimeSpan _owed;

        /// <summary>Called between two pieces of work of at most a few milliseconds. False when somebody waits still.</summary>
        public bool StepAside()
        {
            var stepped = Stopwatch.GetTimestamp();
            _owed += Share * Stopwatch.GetElapsedTime(_since, stepped);
            if (_owed > Longest) _owed = Longest;
            var answered = questions._answered.Wait(_owed);
            _since = Stopwatch.GetTimestamp();
            _owed -= Stopwatch.GetElapsedTime(stepped, _since);
            if (_owed < TimeSpan.Zero) _owed = TimeSpan.Zero;
            return answered;
        }
    }

    /// <summary>A question that is being answered.</summary>
    internal readonly struct Answering(QuestionsFirst questions) : IDisposable
    {
        public void Dispose() => questions.Answered();
    }
}

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// Whoever works for seconds steps aside while somebody waits for an answer. A lower priority of threads does not do that:
/// a garbage collection that such a thread is in the middle of stops all others, and takes the longer the less it is given.
/// </summary>
internal sealed class QuestionsFirst : IDisposable
{
    /// <summary>Questions without a pause do not stop the work, they only make it slow.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(10);

    private readonly ManualResetEventSlim _answered = new(initialState: true, spinCount: 0);
    private int _waiting;

    /// <summary>A question, until it is answered.</summary>
    public Answering Asked()
    {
        if (Interlocked.Increment(ref _waiting) == 1) _answered.Reset();
        return new(this);
    }

    /// <summary>Called between two pieces of work of a few milliseconds.</summary>
    public void StepAside()
    {
        // Looked at again since who asks and who was answered may signal in the other order.
        if (Volatile.Read(ref _waiting) > 0) _answered.Wait(LongestStep);
    }

    public void Dispose() => _answered.Dispose();

    private void Answered()
    {
        if (Interlocked.Decrement(ref _waiting) == 0) _answered.Set();
    }

    /// <summary>A question that is being answered.</summary>
    internal readonly struct Answering(QuestionsFirst questions) : IDisposable
    {
        public void Dispose() => questions.Answered();
    }
}

using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine;

/// <summary>How a channel that keeps its messages hands them over: it waits as long as it takes, and so keeps their order.</summary>
internal static class PatientSending
{
    /// <summary>A full lane has seconds of work before it; one look costs nothing beside that.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Puts a command into its lane, waiting while that is full. The outer task ends when it is in; the inner one brings the outcome.</summary>
    public static ValueTask<Task<Outcome>> EnqueueAsync(this ICommandPipeline pipeline, IncomingCommand command, CancellationToken cancellation)
    {
        var outcome = pipeline.SubmitAsync(command, CancellationToken.None);
        return outcome.IsTurnedAway() ? new(WaitAsync(pipeline, command, cancellation)) : new(outcome);
    }

    private static async Task<Task<Outcome>> WaitAsync(ICommandPipeline pipeline, IncomingCommand command, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Pause, cancellation);
            var outcome = pipeline.SubmitAsync(command, CancellationToken.None);
            if (!outcome.IsTurnedAway()) return outcome;
        }
    }
}

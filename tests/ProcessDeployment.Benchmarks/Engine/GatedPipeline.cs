using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>The pipeline behind a gate: while it is closed, a broker can be filled without the engine taking part.</summary>
internal sealed class GatedPipeline(ICommandPipeline pipeline) : ICommandPipeline
{
    private volatile TaskCompletionSource? _closed;

    public void Close() => _closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        _closed?.TrySetResult();
        _closed = null;
    }

    public Task<Outcome> SubmitAsync(IncomingCommand command, CancellationToken cancellation = default) =>
        _closed is { } closed ? WaitAsync(closed.Task, command, cancellation) : pipeline.SubmitAsync(command, cancellation);

    private async Task<Outcome> WaitAsync(Task opened, IncomingCommand command, CancellationToken cancellation)
    {
        await opened.WaitAsync(cancellation);
        return await pipeline.SubmitAsync(command, cancellation);
    }
}

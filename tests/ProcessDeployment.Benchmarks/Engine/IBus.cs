using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>A durable bus that can be filled before the engine is let at it.</summary>
internal interface IBus : IAsyncDisposable
{
    Task FillAsync(IEnumerable<Revision> revisions);

    Task ReleaseAsync();
}

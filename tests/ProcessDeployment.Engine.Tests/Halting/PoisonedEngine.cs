using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Halting;

/// <summary>One engine for all of them; each test poisons an account of its own.</summary>
public sealed class PoisonedEngine(EngineFixture fixture) : IAsyncLifetime
{
    internal OwnEngine Own { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Own = await OwnEngine.StartAsync(fixture);

    public ValueTask DisposeAsync() => Own.DisposeAsync();
}

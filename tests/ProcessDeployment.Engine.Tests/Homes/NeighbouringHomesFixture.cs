namespace ProcessDeployment.Engine.Tests.Homes;

[CollectionDefinition]
public sealed class WithNeighbouringHomes : ICollectionFixture<NeighbouringHomesFixture>;

/// <summary>Two homes for all tests that break neither.</summary>
public sealed class NeighbouringHomesFixture(EngineFixture engine) : IAsyncLifetime
{
    internal NeighbouringHomes Homes { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Homes = await NeighbouringHomes.StartAsync(engine);

    public ValueTask DisposeAsync() => Homes.DisposeAsync();
}

namespace ProcessDeployment.Engine.Tests.Homes;

[CollectionDefinition]
public sealed class WithTwoHomes : ICollectionFixture<TwoHomesFixture>;

/// <summary>Two homes for all tests that break neither.</summary>
public sealed class TwoHomesFixture(EngineFixture engine) : IAsyncLifetime
{
    internal TwoHomes Homes { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Homes = await TwoHomes.StartAsync(engine);

    public ValueTask DisposeAsync() => Homes.DisposeAsync();
}

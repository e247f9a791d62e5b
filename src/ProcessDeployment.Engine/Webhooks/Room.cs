namespace ProcessDeployment.Engine.Webhooks;

/// <summary>Lets in so many at a time. Whoever leaves makes place for the next.</summary>
internal sealed class Room(int places) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places, places);

    public async Task<Place> EnterAsync(CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        return new(_places);
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Left once, at its end.</summary>
    internal readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}

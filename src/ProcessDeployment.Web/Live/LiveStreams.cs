using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Live;

/// <summary>One stream for each sign-in, however many pages it has open; one for everybody where nobody signs in.</summary>
internal sealed class LiveStreams(EngineConnection connection, ILogger<LiveStream> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, LiveStream> _streams = new(StringComparer.Ordinal);

    /// <summary>Calls back on any thread until disposed.</summary>
    public IDisposable Listen(string key, SignedIn who, Action<Change> listener)
    {
        while (true)
        {
            var stream = _streams.GetOrAdd(key, _ => new LiveStream(new EngineApi(connection.For(who, renews: false), "//pages"), log, over => Forget(key, over)));
            if (stream.TryListen(listener) is { } listening) return listening;
            // It has just ended, and may not have been forgotten yet.
            _streams.TryRemove(KeyValuePair.Create(key, stream));
        }
    }

    public void Dispose()
    {
        foreach (var stream in _streams.Values) stream.Dispose();
    }

    private void Forget(string key, LiveStream stream)
    {
        _streams.TryRemove(KeyValuePair.Create(key, stream));
        stream.Dispose();
    }
}

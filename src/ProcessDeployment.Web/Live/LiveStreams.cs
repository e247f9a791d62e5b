using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Live;

/// <summary>One stream for each sign-in, however many pages it has open; one for everybody where nobody signs in.</summary>
internal sealed class LiveStreams(EngineConnection connection, ILogger<LiveStream> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, LiveStream> _streams = new(StringComparer.Ordinal);

    public LiveStream Of(string key, SignedIn who) => _streams.GetOrAdd(key, _ => new LiveStream(new EngineApi(connection.For(who, renews: false), "//pages"), log, () => Forget(key)));

    public void Dispose()
    {
        foreach (var stream in _streams.Values) stream.Dispose();
    }

    private void Forget(string key)
    {
        if (_streams.TryRemove(key, out var stream)) stream.Dispose();
    }
}

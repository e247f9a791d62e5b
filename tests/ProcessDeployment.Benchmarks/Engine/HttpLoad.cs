using ProcessDeployment.Benchmarks.Harness;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>Kept connections to an engine.</summary>
internal sealed class HttpLoad : IDisposable
{
    private readonly List<HttpConnection> _connections = [];

    public IReadOnlyList<HttpConnection> Connections => _connections;

    public static async Task<HttpLoad> OpenAsync(int port, int connections, string? authorization = null)
    {
        var load = new HttpLoad();
        for (var i = 0; i < connections; i++) load._connections.Add(await HttpConnection.OpenAsync(port, authorization));
        return load;
    }

    /// <summary>Connections to several engines, each to the next.</summary>
    public static async Task<HttpLoad> OpenAsync(IReadOnlyList<int> ports, int connections)
    {
        var load = new HttpLoad();
        for (var i = 0; i < connections; i++) load._connections.Add(await HttpConnection.OpenAsync(ports[i % ports.Count]));
        return load;
    }

    public async Task<Run> RunAsync(Workload workload, int clients, TimeSpan duration, Func<CpuTime?> cpu)
    {
        var next = -1;
        return await ClosedLoop.RunAsync(clients, duration, cpu, worker => _connections[worker].ReviseAsync(workload.Items[(Interlocked.Increment(ref next) & int.MaxValue) % workload.Items.Count]));
    }

    /// <summary>A fixed rate, whatever the answers take.</summary>
    public async Task<Run> OfferAsync(IReadOnlyList<Revision> revisions, int perSecond, TimeSpan duration, Func<CpuTime?> cpu)
    {
        var next = -1;
        return await OpenLoop.RunAsync(perSecond, duration, _connections.Count, cpu, worker => _connections[worker].ReviseAsync(revisions[(Interlocked.Increment(ref next) & int.MaxValue) % revisions.Count]));
    }

    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
    }
}

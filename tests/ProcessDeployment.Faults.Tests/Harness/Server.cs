using Npgsql;
using ProcessDeployment.Embedded;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>A PostgreSQL to be hurt: it can be stopped as by a power cut and started again.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"process-deployment-faults-{Guid.NewGuid():n}");
    private PrivatePostgres? _postgres;

    public string ConnectionString => _postgres!.ConnectionString;

    /// <summary>Where an engine on it keeps its ledger.</summary>
    public string LedgerFolder => Path.Combine(_folder, "ledger");

    public static async Task<Server> StartAsync()
    {
        var server = new Server();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync() => _postgres = await PrivatePostgres.StartAsync(new(_folder));

    /// <summary>PostgreSQL's immediate stop: every process ends at once, nothing is flushed, the next start recovers from the log.</summary>
    public async Task StopImmediatelyAsync()
    {
        using var postmaster = OsProcess.GetProcessById(_postgres!.ProcessId);
        using var signal = OsProcess.Start("kill", ["-QUIT", $"{postmaster.Id}"]);
        await postmaster.WaitForExitAsync();
        await _postgres.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

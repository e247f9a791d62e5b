using Npgsql;
using ProcessDeployment.Embedded;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>A PostgreSQL to be hurt: it can be stopped as by a power cut and started again.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly string _folder;
    private PrivatePostgres? _postgres;

    private Server(string folder) => _folder = folder;

    public string ConnectionString => _postgres!.ConnectionString;

    /// <summary>Where an engine on it keeps its ledger.</summary>
    public string LedgerFolder => Path.Combine(_folder, "ledger");

    /// <summary>Whether its main process still runs.</summary>
    public bool Runs => Directory.Exists($"/proc/{_postgres!.ProcessId}");

    /// <summary>In a folder of its own, unless one is given.</summary>
    public static async Task<Server> StartAsync(string? folder = null)
    {
        var server = new Server(folder ?? Path.Combine(Path.GetTempPath(), $"process-deployment-faults-{Guid.NewGuid():n}"));
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync() => _postgres = await PrivatePostgres.StartAsync(new(_folder));

    /// <summary>How much log the rows before have left to recover from is not what a fault is about.</summary>
    public async Task CheckpointAsync()
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var checkpoint = database.CreateCommand("checkpoint");
        await checkpoint.ExecuteNonQueryAsync();
    }

    /// <summary>PostgreSQL's immediate stop: every process ends at once, nothing is flushed, the next start recovers from the log.</summary>
    public async Task StopImmediatelyAsync()
    {
        if (Runs)
        {
            using var postmaster = OsProcess.GetProcessById(_postgres!.ProcessId);
            await Signals.SendAsync("QUIT", postmaster.Id);
            await postmaster.WaitForExitAsync();
        }

        await ForgetAsync();
    }

    /// <summary>Lets go of one that ended by itself.</summary>
    public async Task ForgetAsync()
    {
        await _postgres!.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>All files as they are while it is stopped; it runs again after.</summary>
    public async Task BackUpAsync(string folder)
    {
        await ForgetAsync();
        await Shell.RunAsync("cp", "-a", Path.Combine(_folder, "cluster"), folder);
        await StartAgainAsync();
    }

    /// <summary>Puts the files of a backup in the place of its own, and runs on them.</summary>
    public async Task RestoreAsync(string folder)
    {
        await ForgetAsync();
        await Shell.RunAsync("rm", "-rf", Path.Combine(_folder, "cluster"));
        await Shell.RunAsync("cp", "-a", folder, Path.Combine(_folder, "cluster"));
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await ForgetAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}

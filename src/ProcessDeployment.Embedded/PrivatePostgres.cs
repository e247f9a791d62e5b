namespace ProcessDeployment.Embedded;

/// <summary>A PostgreSQL of our own in a folder, for people who have none.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly OwnerLock _owner;
    private readonly ServerProcess _process;
    private readonly bool _keepRunning;
    private int _disposed;

    private PrivatePostgres(OwnerLock owner, ServerProcess process, bool keepRunning) =>
        (_owner, _process, _keepRunning) = (owner, process, keepRunning);

    public required string ConnectionString { get; init; }

    /// <summary>This call made the database; there has never been anything in it.</summary>
    public required bool IsNew { get; init; }

    public required Version ServerVersion { get; init; }

    /// <summary>Of the server's main process.</summary>
    public required int ProcessId { get; init; }

    public required string BinFolder { get; init; }

    /// <summary>PROCESSDEPLOYMENT_DATA, or the usual folder of this user.</summary>
    public static string DefaultDataFolder() => DataFolder.Default();

    public static async Task<PrivatePostgres> StartAsync(
        PrivatePostgresOptions options, Action<string>? progress = null, CancellationToken ct = default)
    {
        var folder = new DataFolder(options.DataFolder);
        try
        {
            folder.Claim();
            var owner = await OwnerLock.TakeAsync(folder, ct);
            try
            {
                return await StartOwnedAsync(options, folder, owner, progress, ct);
            }
            catch
            {
                owner.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderTrouble.Explain(folder.Root, e);
        }
    }

    /// <summary>What a second program on the same data folder is told to use instead.</summary>
    public void SetOwnerUrl(string url) => _owner.Write(url);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        try
        {
            if (!_keepRunning)
                await _process.StopAsync();
        }
        finally
        {
            _owner.Dispose();
        }
    }

    private static async Task<PrivatePostgres> StartOwnedAsync(
        PrivatePostgresOptions options, DataFolder folder, OwnerLock owner, Action<string>? progress, CancellationToken ct)
    {
        var user = await ServiceUser.ForAsync(folder, ct);
        var programs = await new ProgramSearch(options, progress).FindAsync(folder.ClusterMajor(), ct);
        var commands = new ServerCommands(programs, user, folder);
        var cluster = new Cluster(folder, commands, user);
        cluster.RemoveLeftovers();
        var isNew = !folder.HasCluster;
        if (isNew)
        {
            progress?.Invoke($"Creating a private PostgreSQL {programs.Version} in {folder.Root}.");
            await cluster.CreateAsync(ct);
        }
        var login = new ServerLogin(cluster.Password(), options.Database);
        var process = new ServerProcess(folder, commands, new ServerSettings(folder, options.Settings), login);
        var running = await process.AdoptOrStartAsync(options.StartTimeout, progress, ct);
        try
        {
            return new PrivatePostgres(owner, process, options.KeepRunning)
            {
                ServerVersion = await login.EnsureDatabaseAsync(running.Port, ct),
                ConnectionString = login.ConnectionString(running.Port),
                IsNew = isNew,
                ProcessId = running.ProcessId,
                BinFolder = programs.BinFolder,
            };
        }
        catch
        {
            await process.StopAsync();
            throw;
        }
    }
}

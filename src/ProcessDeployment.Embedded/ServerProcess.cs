namespace ProcessDeployment.Embedded;

/// <summary>Starts the server, takes over one that outlived its program, stops it.</summary>
internal sealed class ServerProcess(DataFolder folder, ServerCommands commands, ServerSettings settings, ServerLogin login)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(2);

    public async Task<RunningServer> AdoptOrStartAsync(TimeSpan patience, Action<string>? progress, CancellationToken ct)
    {
        // Three things pass by themselves: what a killed server left in memory, a port taken between choosing and listening,
        // and a server on its way up that a program set off just before it was killed: that one is taken over.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var attempt = 1; ; attempt++)
        {
            if (await AdoptAsync(patience, progress, ct) is { } adopted)
                return adopted;
            RunningServer.ForgetTheDead(folder.Cluster);
            if (attempt == 1)
                progress?.Invoke($"Starting the private PostgreSQL {commands.Programs.Version} in {folder.Root}.");
            settings.Write(settings.ChoosePort());
            var logs = Logs.Since(folder);
            var started = await StartOnceAsync(patience, ct);
            if (started.Succeeded && RunningServer.Find(folder.Cluster) is { } server)
                return server;
            var said = started.Output + "\n" + logs.Read();
            if (attempt == 20 || !Passes(said))
                throw FolderTrouble.Explain(folder.Root, "The private PostgreSQL did not start", said);
            await timer.WaitForNextTickAsync(ct);
        }
    }

    public async Task StopAsync()
    {
        if (RunningServer.Find(folder.Cluster) is not { } server)
            return;
        var stopped = await commands.StopAsync(StopPatience, CancellationToken.None);
        if (!stopped.Succeeded && RunningServer.Find(folder.Cluster) is not null)
            throw new PrivatePostgresException(
                $"The private PostgreSQL in {folder.Root} did not stop; the next start takes it over. {stopped.Output}");
        // It removes postmaster.pid, which pg_ctl waits for, some moments before it has let go of everything.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var tick = 0; tick < 500 && server.IsAlive(); tick++)
            await timer.WaitForNextTickAsync();
    }

    private async Task<RunningServer?> AdoptAsync(TimeSpan patience, Action<string>? progress, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var waited = TimeSpan.Zero; RunningServer.Find(folder.Cluster) is { } server; waited += timer.Period)
        {
            if (server.IsReady && await login.WorksAsync(server.Port, ct))
            {
                progress?.Invoke($"Taking over the private PostgreSQL that runs already (process {server.ProcessId}).");
                if (settings.Write(server.Port))
                    await login.ReloadSettingsAsync(server.Port, ct);
                return server;
            }
            // Its program was killed while it started or stopped: either ends by itself.
            if (waited > patience)
                throw new PrivatePostgresException(
                    $"A PostgreSQL (process {server.ProcessId}) runs in {folder.Cluster} but does not answer. Its log is in {Logs.FolderOf(folder)}. Stop it and start again.");
            await timer.WaitForNextTickAsync(ct);
        }
        return null;
    }

    /// <summary>
    /// A pg_ctl that was killed leaves a server on its way up that nobody knows of: when cancelled, wait until it can be
    /// told to stop.
    /// </summary>
    private async Task<ProgramResult> StartOnceAsync(TimeSpan patience, CancellationToken ct)
    {
        var starting = commands.StartAsync(patience, CancellationToken.None);
        try
        {
            return await starting.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!starting.IsCompleted && RunningServer.Find(folder.Cluster) is null)
                await timer.WaitForNextTickAsync(CancellationToken.None);
            await StopAsync();
            await starting;
            throw;
        }
    }

    private static bool Passes(string said) =>
        said.Contains("pre-existing shared memory block", StringComparison.Ordinal)
        || said.Contains("could not bind", StringComparison.Ordinal)
        || said.Contains("\"postmaster.pid\" already exists", StringComparison.Ordinal);
}

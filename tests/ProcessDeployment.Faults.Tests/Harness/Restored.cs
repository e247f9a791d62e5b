using Npgsql;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>A database with an engine, its backup, and an archive of its log: what it takes to bring back any moment.</summary>
internal sealed class Restored : IAsyncDisposable
{
    private readonly string _backup = Path.Combine(Path.GetTempPath(), $"process-deployment-backup-{Guid.NewGuid():n}");
    private readonly string _archive = Path.Combine(Path.GetTempPath(), $"process-deployment-archive-{Guid.NewGuid():n}");
    private Server? _server;
    private EngineProcess? _engine;

    public EngineProcess Engine => _engine!;

    public async Task BeginAsync()
    {
        Directory.CreateDirectory(_archive);
        // The server may run as another user than the tests.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_archive, (UnixFileMode)0b111_111_111);
        _server = await Server.StartAsync();
        await ExecuteAsync("alter system set archive_mode = on");
        await ExecuteAsync($"alter system set archive_command = 'cp %p {_archive}/%f'");
        _engine = await EngineProcess.StartAsync(_server);
    }

    /// <summary>The archive begins with the server's next start, which this needs anyway.</summary>
    public async Task BackUpAsync()
    {
        await Engine.KillAsync();
        await _server!.BackUpAsync(_backup);
        await Engine.StartAgainAsync();
    }

    public Task<DateTime> NowAsync() => ScalarAsync<DateTime>("select clock_timestamp()");

    /// <summary>Loses the database and brings that moment back; the engine is told to start. The position of the account then.</summary>
    public async Task<long> RestoreAsync(DateTime moment)
    {
        var last = await ScalarAsync<string>("select pg_walfile_name(pg_switch_wal())");
        await Until.TrueAsync(async () => await ScalarAsync<bool>($"select coalesce(last_archived_wal >= '{last}', false) from pg_stat_archiver"), () => "The log is not archived.");
        await Engine.KillAsync();
        await File.AppendAllTextAsync(
            Path.Combine(_backup, "postgresql.auto.conf"),
            FormattableString.Invariant($"restore_command = 'cp {_archive}/%f %p'\nrecovery_target_time = '{moment:yyyy-MM-dd HH:mm:ss.ffffff}+00'\nrecovery_target_action = 'promote'\n"));
        await File.WriteAllTextAsync(Path.Combine(_backup, "recovery.signal"), "");
        await _server!.RestoreAsync(_backup);
        // It lets readers in before it has come to its moment.
        await Until.TrueAsync(async () => !await ScalarAsync<bool>("select pg_is_in_recovery()"), () => "The moment is not reached.");
        var position = await ScalarAsync<long>($"select position from process_deployment.account where account_id = '{Under_faults.HttpAccount}'");
        Engine.Start();
        return position;
    }

    /// <summary>The owner's decision that what was sealed since is lost: what was published of it goes to the auditors.</summary>
    public async Task GoOnAsync()
    {
        await Engine.KillAsync();
        File.Move(Path.Combine(_server!.LedgerFolder, "checkpoints.jsonl"), Path.Combine(_server.LedgerFolder, "checkpoints-before-restore.jsonl"));
        await Engine.StartAgainAsync();
    }

    /// <summary>How many events each command has.</summary>
    public async Task<Dictionary<Guid, int>> EffectsAsync()
    {
        await using var database = NpgsqlDataSource.Create(_server!.ConnectionString);
        var history = new List<HistoryRow>();
        await History.ReadOnAsync(database, Under_faults.HttpAccount, history);
        return history.GroupBy(row => row.CommandId).ToDictionary(effect => effect.Key, effect => effect.Count());
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        foreach (var folder in (string[])[_backup, _archive]) await Shell.RunAsync("rm", "-rf", folder);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(_server!.ConnectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var database = NpgsqlDataSource.Create(_server!.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}

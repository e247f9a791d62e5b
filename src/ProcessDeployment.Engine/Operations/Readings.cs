using Npgsql;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Operations;

/// <summary>What is read from the database about the engine's own work. Only when somebody asks: an idle engine does not count.</summary>
public sealed class Readings(Databases databases, TimeProvider clock, ILogger<Readings> log) : IDisposable
{
    // The account stands in no condition on purpose: an operator looks at all of them. The sample account plays its own past, whose age says nothing.
    private const string ReadModels =
        """
        select coalesce(max(extract(epoch from clock_timestamp() - e.timestamp)) filter (where e.headers ->> 'channel' <> 'sample'), 0)::float8,
               coalesce(sum(a.position - coalesce(r.position, 0)), 0)::bigint
        from process_deployment.account a
        left join process_deployment.read_position r using (account_id)
        left join events.mt_events e on e.tenant_id = a.account_id and (e.headers ->> 'position')::bigint = coalesce(r.position, 0) + 1
        where a.position > coalesce(r.position, 0) and not exists (select from process_deployment.halted_account h where h.account_id = a.account_id)
        """;

    private const string Halted = $"select {HaltedAccount.Columns} from process_deployment.halted_account h order by h.account_id";

    private const string Ledger =
        """
        select coalesce(max(extract(epoch from clock_timestamp() - e.timestamp)) filter (where e.headers ->> 'channel' <> 'sample'), 0)::float8, coalesce(sum(h.size), 0)::bigint
        from process_deployment.account a
        left join lateral (select h.size from ledger.head h where h.account_id = a.account_id order by h.size desc limit 1) h on true
        left join events.mt_events e on e.tenant_id = a.account_id and (e.headers ->> 'position')::bigint = coalesce(h.size, 0) + 1
        where a.position > 0
        """;

    private const string Intake =
        """
        select count(*), coalesce(extract(epoch from clock_timestamp() - min(received_at) filter (where set_aside_at is null)), 0)::float8 from process_deployment.command_intake
        """;

    private const string Dead = "select (select count(*) from process_deployment.dead_letter), (select count(*) from wolverine.wolverine_dead_letters)";

    /// <summary>A scrape is given up after ten seconds by default, and the rest of it must come, too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private long _taken;

    /// <summary>The last reading; null before the first, and when the last attempt failed.</summary>
    public Reading? Last { get; private set; }

    /// <summary>A reading not older than that. Whoever asks meanwhile waits for the same one.</summary>
    public async Task<Reading> TakeAsync(TimeSpan notOlderThan, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (Last is null || clock.GetElapsedTime(_taken) > notOlderThan)
            {
                Last = await ReadAsync(cancellation);
                _taken = clock.GetTimestamp();
            }

            return Last;
        }
        catch
        {
            Last = null;
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The same for metrics: where the database does not answer in time, there is none.</summary>
    public async Task TryTakeAsync(TimeSpan notOlderThan, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Patience);
        try
        {
            // Giving up a statement takes the driver another while.
            await TakeAsync(notOlderThan, limited.Token).WaitAsync(limited.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is NpgsqlException or OperationCanceledException or TimeoutException or IOException)
        {
            Last = null;
            log.LogDebug(e, "The readings for metrics could not be taken");
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Reading> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(ReadModels), new(Intake), new(Dead), new(Ledger), new(Halted) } };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var reading = new Reading();
        if (await rows.ReadAsync(cancellation)) reading = reading with { LagSeconds = Math.Max(0, rows.GetDouble(0)), EventsBehind = rows.GetInt64(1) };
        await rows.NextResultAsync(cancellation);
        if (await rows.ReadAsync(cancellation)) reading = reading with { IntakeDepth = rows.GetInt64(0), IntakeAgeSeconds = Math.Max(0, rows.GetDouble(1)) };
        await rows.NextResultAsync(cancellation);
        if (await rows.ReadAsync(cancellation)) reading = reading with { DeadLetters = rows.GetInt64(0), DeadMessages = rows.GetInt64(1) };
        await rows.NextResultAsync(cancellation);
        if (await rows.ReadAsync(cancellation)) reading = reading with { SealLagSeconds = Math.Max(0, rows.GetDouble(0)), Sealed = rows.GetInt64(1) };
        await rows.NextResultAsync(cancellation);
        var halted = new List<HaltedAccount>();
        while (await rows.ReadAsync(cancellation)) halted.Add(HaltedAccount.Read(rows));
        return reading with { Halted = halted };
    }
}

/// <summary>How the engine's work stands.</summary>
public sealed record Reading
{
    /// <summary>Age of the oldest event that no read model shows yet.</summary>
    public double LagSeconds { get; init; }

    public long EventsBehind { get; init; }

    /// <summary>Accounts whose read models stand still before an event that cannot be read, or did and are being caught up; their events are not counted as behind.</summary>
    public IReadOnlyList<HaltedAccount> Halted { get; init; } = [];

    /// <summary>Those that stand still.</summary>
    public int HaltedCount => Halted.Count(halted => halted.Problem is not null);

    /// <summary>Commands waiting in the PostgreSQL intake.</summary>
    public long IntakeDepth { get; init; }

    public double IntakeAgeSeconds { get; init; }

    /// <summary>Commands that could not be brought to the domain.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Messages inside the engine, or out of it, that failed for good.</summary>
    public long DeadMessages { get; init; }

    /// <summary>Age of the oldest event that no checkpoint covers yet.</summary>
    public double SealLagSeconds { get; init; }

    /// <summary>Events that the ledger covers, of all accounts.</summary>
    public long Sealed { get; init; }
}

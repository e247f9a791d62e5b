using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>Which keys there are and were; what they are is in no database.</summary>
internal sealed class KeyTable(Databases databases)
{
    private const int MostTries = 10;

    private const string Listed = """
        select k.number, k.key_id, k.made_at, k.made_by, k.noted_at is not null, null::timestamptz, lead(k.made_at) over (order by k.number) as replaced_at, clock_timestamp(),
            exists (select from process_deployment.extension_secret s where s.key_id = k.key_id) or exists (select from process_deployment.webhook_secret s where s.key_id = k.key_id)
        from process_deployment.secret_key k
        union all
        select r.number, r.key_id, r.made_at, null, true, r.removed_at, null, clock_timestamp(), false
        from process_deployment.removed_secret_key r
        order by 1
        """;

    /// <summary>Numbers only grow: of two nodes that do this at once one finds its number taken.</summary>
    private const string Add = """
        insert into process_deployment.secret_key (number, key_id, made_by)
        select 1 + greatest((select max(number) from process_deployment.secret_key), (select max(number) from process_deployment.removed_secret_key), 0), $1, $2
        on conflict do nothing
        """;

    private const string Noted = "update process_deployment.secret_key set noted_at = clock_timestamp() where key_id = $1";

    /// <summary>What is sealed with it holds it, by the keys of the tables.</summary>
    private const string Removed = """
        with removed as (delete from process_deployment.secret_key where key_id = $1 returning number, key_id, made_at)
        insert into process_deployment.removed_secret_key (number, key_id, made_at) select number, key_id, made_at from removed
        """;

    /// <summary>In the order in which they were made.</summary>
    public async Task<IReadOnlyList<ListedKey>> ListAsync(CancellationToken cancellation)
    {
        var keys = new List<ListedKey>();
        await using var listed = databases.Shared.CreateCommand(Listed);
        await using var rows = await listed.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) keys.Add(Read(rows));
        return keys;
    }

    /// <summary>The first key of a database: of two nodes that start at once, one makes it.</summary>
    public async Task<bool> TryAddAsync(string id, string? by, CancellationToken cancellation)
    {
        await using var add = databases.Shared.CreateCommand(Add);
        add.Parameters.Add(Parameters.Value(id));
        add.Parameters.Add(Parameters.Optional(by));
        return await add.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>One more key, however many are made at once.</summary>
    public async Task AddAsync(string id, string by, CancellationToken cancellation)
    {
        for (var tries = 1; !await TryAddAsync(id, by, cancellation); tries++)
        {
            if (tries == MostTries) throw new InvalidOperationException("Other nodes make keys at this moment; try again.");
        }
    }

    public Task NotedAsync(string id, CancellationToken cancellation) => RunAsync(Noted, id, cancellation);

    /// <summary>False where something is sealed with it after all.</summary>
    public async Task<bool> TryRemoveAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(Removed, id, cancellation);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
    }

    private async Task RunAsync(string sql, string id, CancellationToken cancellation)
    {
        await using var command = databases.Shared.CreateCommand(sql);
        command.Parameters.Add(Parameters.Value(id));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static ListedKey Read(NpgsqlDataReader row) =>
        new(row.GetInt32(0), row.GetString(1), Time(row, 2)!.Value, row.IsDBNull(3) ? null : row.GetString(3), row.GetBoolean(4), Time(row, 5), row.GetBoolean(8))
        {
            ReplacedFor = Time(row, 6) is { } replaced ? Time(row, 7)! - replaced : null,
        };

    private static DateTimeOffset? Time(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>A key as the database knows it.</summary>
/// <param name="Number">The higher, the newer.</param>
/// <param name="Id">Follows from the key.</param>
/// <param name="MadeAt">When.</param>
/// <param name="MadeBy">Who asked for it; null for the first.</param>
/// <param name="IsNoted">The history tells of it.</param>
/// <param name="RemovedAt">Set when nothing needs it any more.</param>
/// <param name="IsInUse">Values are sealed with it.</param>
internal sealed record ListedKey(int Number, string Id, DateTimeOffset MadeAt, string? MadeBy, bool IsNoted, DateTimeOffset? RemovedAt, bool IsInUse)
{
    /// <summary>For how long there has been a newer one.</summary>
    public TimeSpan? ReplacedFor { get; init; }
}

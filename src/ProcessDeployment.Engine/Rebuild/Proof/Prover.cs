using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>
/// Holds tables of an account, row by row, against what its events say, both ways, as they stood at one moment. Nothing is
/// locked and nobody waits: the moment is a snapshot, at the position the read models had in it.
/// </summary>
public sealed class Prover(Databases databases)
{
    /// <summary>Of each table; the rest is counted.</summary>
    private const int MostShown = 20;

    /// <summary>Estimates of relations made of JSON are guesses: the plans here must be bearable when those are wrong.</summary>
    private const string Plan = """
        set local work_mem = '64MB'; set local jit = off; set local enable_nestloop = off; set local timezone = 'UTC'
        """;

    private static readonly string NamesOfComponents = $"""
        select distinct n.name from (
            select process_deployment.event_today(e.type, e.data) ->> 'name' as name from events.mt_events e
            where e.tenant_id = $1 and process_deployment.event_type_today(e.type) = '{WireNameAttribute.Of(typeof(RevisionMade))}') n
        where n.name is not null
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    internal async Task<AccountProof> ProveAsync(string accountId, IReadOnlyList<TableProof> tables, Action<string>? proved, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var (read, end, names, halted) = await SnapshotAsync(connection, accountId, cancellation);
        var (findings, shared) = (new List<TableFinding>(), new HashSet<SharedFold>());
        // Decisions may have seen what nobody can read now: there is nothing to hold their tables against.
        foreach (var table in tables.Where(table => !(halted && table.IsCurrentState)))
        {
            var past = new PastOf(accountId, table.IsCurrentState ? end : read, names);
            if (table.Over is { } over && shared.Add(over)) await MakeAsync(connection, over, past, cancellation);
            findings.Add(await CompareAsync(connection, table, past, cancellation));
            proved?.Invoke(table.Table);
        }

        return new(accountId, read, findings);
    }

    private static async Task<(long Read, long End, List<string> Names, bool Halted)> SnapshotAsync(NpgsqlConnection connection, string accountId, CancellationToken cancellation)
    {
        var (read, end, names, halted) = (0L, 0L, new List<string>(), false);
        await using var batch = new AccountBatch(connection, accountId, Patience);
        foreach (var setting in Plan.Split("; ")) batch.Control(setting);
        batch.Query("select position from process_deployment.read_position where account_id = $1", row => read = row.GetInt64(0));
        // Not as the account says itself: its row is held against the events too.
        batch.Query("select coalesce(max((headers ->> 'position')::bigint), 0) from events.mt_events where tenant_id = $1", row => end = row.GetInt64(0));
        batch.Query("select from process_deployment.halted_account where account_id = $1", _ => halted = true);
        batch.Query(
            NamesOfComponents,
            row => names.Add(row.GetString(0)));
        await batch.RunAsync(cancellation);
        return (read, end, names, halted);
    }

    private static async Task MakeAsync(NpgsqlConnection connection, SharedFold shared, PastOf past, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(connection, past.AccountId, Patience);
        batch.Execute(shared.Making, past.Parameters());
        await batch.RunAsync(cancellation);
    }

    private static async Task<TableFinding> CompareAsync(NpgsqlConnection connection, TableProof table, PastOf past, CancellationToken cancellation)
    {
        var finding = new TableFinding(table.Table, 0, 0, []);
        var shown = new List<RowDifference>();
        await using var batch = new AccountBatch(connection, past.AccountId, Patience);
        batch.Query(
            table.Comparison(MostShown),
            row =>
            {
                if (!row.IsDBNull(2)) shown.Add(RowDifference.Of(row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)));
                finding = new(table.Table, row.GetInt64(0), shown.Count == 0 ? 0 : row.GetInt64(1), shown);
            },
            past.Parameters());
        await batch.RunAsync(cancellation);
        return finding;
    }

    /// <summary>Whose past, until where, and the names in it.</summary>
    private sealed record PastOf(string AccountId, long Until, List<string> Names)
    {
        public NpgsqlParameter[] Parameters() => [Storage.Parameters.Value(Until), Storage.Parameters.Array([.. Names]), Storage.Parameters.Array([.. Names.Select(NameKey.Of)])];
    }
}

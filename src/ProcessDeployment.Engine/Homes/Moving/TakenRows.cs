using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Writes rows of a file into a table, in the transaction that takes the account.</summary>
internal sealed class TakenRows(NpgsqlConnection connection, string accountId)
{
    /// <summary>How long a statement over all rows of a large account may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public async Task EmptyAsync(TakenTable table, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(connection, accountId, Longest);
        batch.Execute($"delete from {table.InSql} where {table.Account} = $1");
        await batch.RunAsync(cancellation);
    }

    /// <param name="table">Whose rows they are.</param>
    /// <param name="columns">The columns that come.</param>
    /// <param name="lines">The rows, as JSON.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="MoveException">They are no rows of this account and this table.</exception>
    public async Task AddAsync(TakenTable table, IReadOnlyList<string> columns, IReadOnlyList<string> lines, CancellationToken cancellation)
    {
        var listed = string.Join(", ", columns.Select(ColumnsOfTables.Quoted));
        // Events wait in a table of this session for their numbers: those are drawn at the very end.
        var (into, numbered, number) = table.Numbered is { } own ? (StagedEvents.Table, $", {own}", $", {table.Order}") : (table.InSql, "", "");
        var taken = 0L;
        await using var batch = new AccountBatch(connection, accountId, Longest);
        batch.Query(
            $"""
            with come as materialized (
                select r.* from unnest($2) as l(line) cross join lateral jsonb_populate_record(null::{table.InSql}, l.line::jsonb) r
                where r.{table.Account} = $1),
            put as (insert into {into} ({listed}{numbered}) select {listed}{number} from come {table.OnConflict})
            select count(*) from come
            """,
            row => taken = row.GetInt64(0),
            Parameters.Array([.. lines]));
        try
        {
            await batch.RunAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState is ['2', '2' or '3', ..])
        {
            // Data exceptions and broken constraints: what comes is no row of this table.
            throw MoveException.BadFile($"A row of {table.Name} cannot be taken: {e.MessageText}.");
        }

        if (taken != lines.Count) throw MoveException.BadFile($"The file has rows of {table.Name} that are of another account.");
    }
}

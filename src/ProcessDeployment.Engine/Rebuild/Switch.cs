using Npgsql;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Puts the next generation in the place of the one that answers. While no page of the projection is under way, the last
/// events are brought in, so that the new tables are exactly as far as the projection says it is; then the tables change
/// places in one transaction. Questions wait for milliseconds. Who cannot be waited for is not: it is tried again.
/// </summary>
internal sealed class Switch(Databases databases, RebuildJobs jobs, ILogger log)
{
    private const int Attempts = 300;

    /// <summary>Looks for earlier readers at most this often, every few milliseconds, while nobody waits for it.</summary>
    private const int Looks = 300;

    /// <summary>And so often while pages wait, questions do not.</summary>
    private const int LooksInside = 20;

    /// <summary>Those who ask meanwhile wait behind it, so it does not wait long itself.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(Generation next, CancellationToken cancellation)
    {
        for (var (attempt, tried) = (1, 1); attempt <= Attempts; tried++)
        {
            try
            {
                if (await TryAsync(next, cancellation)) return;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                log.LogDebug(e, "The tables are in use; exchanging them is tried again");
            }

            // Jobs of one account read for as long as it takes, and come to an end: they do not count.
            if (next.Job.AccountId is not null || !await jobs.OthersAreAtWorkAsync(next.Job.JobId, cancellation)) attempt++;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(20 * tried, LongestPause.TotalMilliseconds)), cancellation);
        }

        throw new RebuildException("Somebody reads the tables and does not come to an end, so that they could not be exchanged. Go on with the job when that is over.");
    }

    /// <summary>False when somebody is at work who began before the last events were brought in.</summary>
    private async Task<bool> TryAsync(Generation next, CancellationToken cancellation)
    {
        await using var connection = await databases.OpenSessionAsync(cancellation);
        // Of one account rows are exchanged, and who began before goes on seeing the former ones.
        var exchangesTables = next.Job.AccountId is null;
        if (exchangesTables && !await EarlierReaders.AreGoneAsync(connection, await EarlierReaders.NowAsync(connection, cancellation), Looks, cancellation)) return false;
        await NextTables.ExecuteAsync(connection, $"set lock_timeout = '5s'; select pg_advisory_lock({PageSql.Lock}); set lock_timeout = '200ms'", cancellation);
        var last = await next.CatchUpWhollyAsync(connection, cancellation);
        if (exchangesTables && !await EarlierReaders.AreGoneAsync(connection, last, LooksInside, cancellation)) return false;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // A page that does not know of the advisory lock, as that of another release, has written to the tables, or waits for them.
        await NextTables.ExecuteAsync(connection, $"lock table {string.Join(", ", next.Tables.Order(StringComparer.Ordinal).Select(table => $"process_deployment.{table}"))} in {(exchangesTables ? "access exclusive" : "share row exclusive")} mode", cancellation);
        if (!await next.IsUpToDateAsync(connection, cancellation)) return false;
        await RefuseAnotherFormAsync(connection, next, cancellation);
        // One may have been halted for what no rebuild sees: an event that was taken away.
        await next.Mark.Left.ReadAsync(connection, next.Job.AccountId, cancellation);
        await next.Mark.Left.KeepAsync(connection, cancellation);
        await next.Mark.Left.PutAsync(connection, next.Schema, next.Tables, cancellation);
        if (next.Job.AccountId is { } accountId) await Exchange.RowsAsync(connection, next.Schema, next.Tables, accountId, cancellation);
        else await Exchange.TablesAsync(connection, next.Tables, cancellation);
        await next.Mark.ExchangedAsync(connection, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>With the tables locked, nobody can apply a script to them: what is listed now is their form.</summary>
    private static async Task RefuseAnotherFormAsync(NpgsqlConnection connection, Generation next, CancellationToken cancellation)
    {
        var models = next.Models.Where(model => model.Form is null).ToList();
        await using var command = new NpgsqlCommand(
            """
            select string_agg(ours.name, ', ' order by ours.name) from unnest($1, $2) as ours (name, hash)
            where not exists (select from process_deployment.applied_script applied where applied.name = ours.name and applied.hash = ours.hash)
            """,
            connection);
        command.Parameters.Add(Parameters.Array([.. models.Select(model => model.Script)]));
        command.Parameters.Add(Parameters.Array([.. models.Select(model => model.ScriptHash)]));
        if (await command.ExecuteScalarAsync(cancellation) is string others)
            throw new RebuildException($"Another release has given its form to the tables of {others}. Rebuild them with an engine of that release.");
    }
}

using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.PostgreSql;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Brings commands to effect in one transaction, each account's in order and under its lock: look up in few round trips,
/// decide in memory, write everything set-based. A failing command refuses itself, not its batch. Small batches of several
/// accounts share a transaction, since most of what a small one costs are its round trips and its commit.
/// </summary>
internal sealed class BatchRunner(Databases databases, AccessPictures? pictures = null)
{
    private readonly AccessPictures _pictures = pictures ?? new();

    /// <summary>The outcome of each command, in order.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(string accountId, IReadOnlyList<IncomingCommand> commands, CancellationToken cancellation)
    {
        var work = new AccountWork(accountId, commands);
        await RunAsync([work], cancellation);
        return work.Answers;
    }

    /// <summary>All take effect or none does.</summary>
    public async Task RunAsync(IReadOnlyList<AccountWork> works, CancellationToken cancellation)
    {
        await using var connection = await databases.Pipeline.OpenConnectionAsync(cancellation);
        try
        {
            await RunAsync(connection, works, _pictures, "begin", cancellation);
        }
        catch
        {
            await RollbackAsync(connection);
            throw;
        }
    }

    /// <summary>
    /// The same in a transaction that somebody else has begun and has done something in; it ends here, with the commit. Whoever
    /// began it takes it back when this fails.
    /// </summary>
    public static Task JoinAsync(NpgsqlConnection connection, AccountWork work, CancellationToken cancellation) => RunAsync(connection, [work], new(), begin: null, cancellation);

    private static async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<AccountWork> works, AccessPictures pictures, string? begin, CancellationToken cancellation)
    {
        var reading = new AccountReading(connection, works, pictures);
        // Locks are taken in order, so that two nodes never wait for each other.
        await reading.OpenAsync(begin, "for update", cancellation);
        await reading.LearnAllAsync(cancellation);
        foreach (var work in works) await reading.JudgeAsync(work, cancellation);
        await WriteAsync(connection, works, cancellation);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<AccountWork> works, CancellationToken cancellation)
    {
        using var trace = Tracing.Commit();
        await using var trip = new RoundTrip(connection);
        var accounts = works.Select(work => work.Changes).Where(changes => changes.Judged.Count > 0).ToList();
        EventAppend.AddTo(trip, accounts);
        OutcomeStore.AddTo(trip, accounts);
        StateWriter.AddTo(trip, accounts);
        ContentStore.AddTo(trip, accounts);
        SecretWriter.AddTo(trip, accounts);
        trip.Execute(
            "update process_deployment.account a set position = l.position, last_time = l.last_time from unnest($1, $2, $3) as l(account_id, position, last_time) where a.account_id = l.account_id",
            accounts, changes => changes.AccountId, rows => rows.Position(changes => changes.Position).Time(changes => changes.LastTime));
        // What names no account is no command of anybody: its channel keeps it among the dead letters.
        IntakeAnswers.AddTo(trip, works.Where(work => work.Found).SelectMany(work => work.Commands.Zip(work.Answers)));
        trip.Control("commit");
        await trip.RunAsync(cancellation);
    }

    /// <summary>Takes back what is not committed; hides nothing of why.</summary>
    internal static async Task RollbackAsync(NpgsqlConnection connection)
    {
        if (connection.State != System.Data.ConnectionState.Open) return;
        try
        {
            await using var rollback = new NpgsqlCommand("rollback", connection);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The server is gone and the transaction with it.
        }
    }
}

using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.PostgreSql;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>
/// Brings one batch of one account to effect in one transaction that holds the account's lock: look up in few round
/// trips, decide in memory in order, write everything set-based. A failing command refuses itself, not its batch.
/// </summary>
internal sealed class BatchRunner(Databases databases)
{
    /// <summary>The outcome of each command, in order.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(string accountId, IReadOnlyList<IncomingCommand> commands, CancellationToken cancellation)
    {
        await using var connection = await databases.Pipeline.OpenConnectionAsync(cancellation);
        try
        {
            var ledger = new Ledger(accountId);
            var outcomes = new OutcomeStore();
            if (!await OpenAsync(connection, ledger, outcomes, commands, cancellation))
            {
                await RollbackAsync(connection);
                return [.. commands.Select(command => UnknownAccount(command))];
            }

            var fresh = commands.Where(command => !outcomes.IsKnown(command.Envelope.CommandId)).ToList();
            await LookUpAsync(connection, ledger, fresh, cancellation);
            var answers = await JudgeAsync(connection, ledger, outcomes, commands, cancellation);
            await WriteAsync(connection, ledger, commands, answers, cancellation);
            return answers;
        }
        catch
        {
            await RollbackAsync(connection);
            throw;
        }
    }

    /// <summary>Takes the lock and, in the same round trip, everything that the commands name. False when there is no such account.</summary>
    private static async Task<bool> OpenAsync(
        NpgsqlConnection connection, Ledger ledger, OutcomeStore outcomes, IReadOnlyList<IncomingCommand> commands, CancellationToken cancellation)
    {
        var found = false;
        var needs = ledger.NeedsOf(commands);
        var loader = new AccountLoader(ledger.StreamsBefore);
        await using var batch = new AccountBatch(connection, ledger.AccountId);
        batch.Control("begin");
        batch.Query(
            "select position, last_time, clock_timestamp() from process_deployment.account where account_id = $1 for update",
            row =>
            {
                ledger.Open(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2));
                found = true;
            });
        outcomes.AddTo(batch, commands.Select(command => command.Envelope.CommandId));
        loader.AddTo(batch, needs);
        await batch.RunAsync(cancellation);
        ledger.Learn(loader, needs);
        return found;
    }

    /// <summary>Asks again until nothing is missing: closures follow from components, holders from closures.</summary>
    private static async Task LookUpAsync(NpgsqlConnection connection, Ledger ledger, IReadOnlyCollection<IncomingCommand> commands, CancellationToken cancellation)
    {
        for (var needs = ledger.NeedsOf(commands); !needs.IsEmpty; needs = ledger.NeedsOf(commands))
        {
            var loader = new AccountLoader(ledger.StreamsBefore);
            await using var batch = new AccountBatch(connection, ledger.AccountId);
            loader.AddTo(batch, needs);
            await batch.RunAsync(cancellation);
            ledger.Learn(loader, needs);
        }
    }

    private static async Task<IReadOnlyList<Outcome>> JudgeAsync(
        NpgsqlConnection connection, Ledger ledger, OutcomeStore outcomes, IReadOnlyList<IncomingCommand> commands, CancellationToken cancellation)
    {
        await using (var batch = new AccountBatch(connection, ledger.AccountId))
        {
            if (outcomes.AddEventsTo(batch)) await batch.RunAsync(cancellation);
        }

        var answers = new List<Outcome>(commands.Count);
        foreach (var command in commands)
        {
            if (outcomes.IsKnown(command.Envelope.CommandId)) answers.Add(outcomes.Replay(command));
            else if (ledger.Known(command.Envelope.CommandId) is { } earlier) answers.Add(Repeated(command, earlier));
            else answers.Add(await JudgeAsync(connection, ledger, command, cancellation));
        }

        return answers;
    }

    private static async Task<Outcome> JudgeAsync(NpgsqlConnection connection, Ledger ledger, IncomingCommand command, CancellationToken cancellation)
    {
        // An earlier command of this batch may have led to more that this one must see.
        await LookUpAsync(connection, ledger, [command], cancellation);
        return ledger.Judge(command).Outcome;
    }

    /// <summary>The same id twice in one batch.</summary>
    private static Outcome Repeated(IncomingCommand command, Judged earlier) =>
        earlier.Command.Envelope.Fingerprint.Span.SequenceEqual(command.Envelope.Fingerprint.Span)
            ? earlier.Outcome with { Replayed = true }
            : OutcomeStore.Reused(command, earlier.Outcome.Position);

    private static async Task WriteAsync(
        NpgsqlConnection connection, Ledger ledger, IReadOnlyList<IncomingCommand> commands, IReadOnlyList<Outcome> answers, CancellationToken cancellation)
    {
        using var trace = Tracing.Commit();
        await using var batch = new AccountBatch(connection, ledger.AccountId);
        if (ledger.Judged.Count > 0)
        {
            EventAppend.AddTo(batch, ledger);
            OutcomeStore.Write(batch, ledger.Judged);
            StateWriter.AddTo(batch, ledger);
            ContentStore.Write(batch, ledger.Judged);
            batch.Execute(
                "update process_deployment.account set position = $2, last_time = $3 where account_id = $1",
                Value(ledger.Position),
                Value(ledger.LastTime));
        }

        RepeatAnswers.AddTo(batch, commands, answers);
        var rows = commands.Where(command => command.IntakeRow is not null).Select(command => command.IntakeRow!.Value).ToArray();
        if (rows.Length > 0) batch.Execute("delete from process_deployment.command_intake where id = any($2) and $1 <> ''", Array(rows));
        batch.Control("commit");
        await batch.RunAsync(cancellation);
    }

    private static Outcome UnknownAccount(IncomingCommand command) => new()
    {
        CommandId = command.Envelope.CommandId,
        Status = OutcomeStatus.Refused,
        Position = 0,
        Refusal = new(RefusalCodes.UnknownAccount, $"There is no account {command.AccountId}.", null),
    };

    private static async Task RollbackAsync(NpgsqlConnection connection)
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

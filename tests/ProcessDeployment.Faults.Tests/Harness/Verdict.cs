using Npgsql;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>
/// After a fault and its recovery: every answered command exactly once in effect and nothing else, positions and stream
/// numbers without gap, every table equal to an independent fold of the events, all of them sealed, and nothing left in any queue.
/// </summary>
internal static class Verdict
{
    /// <param name="connectionString">Past everything that a fault may stand in.</param>
    /// <param name="ledger">What was sent and answered.</param>
    /// <param name="report">Of the row, where there is one.</param>
    public static async Task OnAsync(string connectionString, OutsideLedger ledger, RowReport? report = null)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        foreach (var account in ledger.Accounts)
        {
            await History.ReadOnAsync(database, account.Id, account.History);
            report?.Count(account);
            EffectsAreWhatWasAnswered(account);
            NobodyElseActed(account);
            OrderHasNoGap(account.History);
            await Tables.EqualTheFoldAsync(database, account.Id, account.History);
            await AllIsSealedAsync(database, account);
        }

        await NothingIsLeftAsync(database);
    }

    private static void EffectsAreWhatWasAnswered(OutsideLedger.Account account)
    {
        var effects = account.History.ToLookup(row => row.CommandId);
        foreach (var entry in account.Entries.Where(entry => !entry.IsGivenUp))
        {
            entry.Answer.ShouldNotBeNull($"{entry.Id} was sent and never answered");
            var happened = effects[entry.Id].Select(row => (row.Stream, row.Number, row.Type, row.Recorded.Position)).ToList();
            var answered = entry.Answer.Events.Select(e => (e.Stream, e.Number, e.Type, e.Position)).ToList();
            // There are many, and words for each that is as it should be would take longer than the fault.
            if (!happened.SequenceEqual(answered)) happened.ShouldBe(answered, customMessage: $"events of {entry.Id}, {entry.Answer.Status}");
            if (entry.Answer.Status == OutcomeStatus.Unchanged) answered.ShouldBeEmpty();
        }
    }

    /// <summary>But for what the engine notes about itself: rebuilds, exports, settings.</summary>
    private static void NobodyElseActed(OutsideLedger.Account account) =>
        account.History.Where(row => row.Recorded.Event is not Domain.Operations.OperationEvent).Select(row => row.CommandId).Distinct().Except(account.Entries.Select(entry => entry.Id)).ShouldBeEmpty("events of commands that nobody sent");

    private static void OrderHasNoGap(List<HistoryRow> history)
    {
        history.Select(row => row.Recorded.Position).ToList().ShouldBe(Enumerable.Range(1, history.Count).Select(i => (long)i).ToList(), customMessage: "positions in the order of the store");
        history.Zip(history.Skip(1)).ShouldAllBe(pair => pair.First.Recorded.Time <= pair.Second.Recorded.Time);
        foreach (var stream in history.GroupBy(row => row.Stream, StringComparer.Ordinal))
            stream.Select(row => row.Number).ToList().ShouldBe(Enumerable.Range(1, stream.Count()).Select(i => (long)i).ToList(), customMessage: $"numbers of {stream.Key}");
    }

    private static Task AllIsSealedAsync(NpgsqlDataSource database, OutsideLedger.Account account) => Until.TrueAsync(
        async () =>
        {
            await using var command = database.CreateCommand("select coalesce(max(size), 0) from ledger.head where account_id = $1");
            command.Parameters.AddWithValue(account.Id);
            return (long)(await command.ExecuteScalarAsync())! == account.History.Count;
        },
        () => $"Not all {account.History.Count} events of {account.Id} are sealed.");

    /// <summary>A command that was sent again stays in the intake until its repeat is answered, and a message in the outbox until it is sent.</summary>
    private static async Task NothingIsLeftAsync(NpgsqlDataSource database)
    {
        foreach (var table in (string[])["process_deployment.command_intake", "wolverine.wolverine_outgoing_envelopes"])
            await Until.TrueAsync(async () => await CountAsync(database, table) == 0, () => $"Rows are left in {table}.");
        (await CountAsync(database, "process_deployment.dead_letter")).ShouldBe(0, "dead letters");
        (await CountAsync(database, "wolverine.wolverine_dead_letters")).ShouldBe(0, "messages that failed for good");
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

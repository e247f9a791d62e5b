using Npgsql;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>
/// After a fault and its recovery: every answered command exactly once in effect and nothing else, positions and stream
/// numbers without gap, and every table equal to an independent fold of the events.
/// </summary>
internal static class Verdict
{
    public static async Task OnAsync(string connectionString, OutsideLedger ledger)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        foreach (var accountId in ledger.Accounts)
        {
            var history = await History.OfAsync(database, accountId);
            EffectsAreWhatWasAnswered(ledger.Of(accountId).ToList(), history);
            OrderHasNoGap(history);
            await Tables.EqualTheFoldAsync(database, accountId, history);
        }

        await NothingIsLeftAsync(database);
    }

    private static void EffectsAreWhatWasAnswered(List<OutsideLedger.Entry> entries, List<HistoryRow> history)
    {
        var effects = history.ToLookup(row => row.CommandId);
        foreach (var entry in entries)
        {
            entry.Answer.ShouldNotBeNull($"{entry.Id} was sent and never answered");
            var answered = entry.Answer.Events.Select(e => (e.Stream, e.Number, e.Type, e.Position));
            effects[entry.Id].Select(row => (row.Stream, row.Number, row.Type, row.Recorded.Position)).ToList().ShouldBe(answered.ToList(), customMessage: $"events of {entry.Id}, {entry.Answer.Status}");
            if (entry.Answer.Status == OutcomeStatus.Unchanged) answered.ShouldBeEmpty();
        }

        effects.Select(effect => effect.Key).Except(entries.Select(entry => entry.Id)).ShouldBeEmpty("events of commands that nobody sent");
    }

    private static void OrderHasNoGap(List<HistoryRow> history)
    {
        history.Select(row => row.Recorded.Position).ToList().ShouldBe(Enumerable.Range(1, history.Count).Select(i => (long)i).ToList(), customMessage: "positions in the order of the store");
        history.Zip(history.Skip(1)).ShouldAllBe(pair => pair.First.Recorded.Time <= pair.Second.Recorded.Time);
        foreach (var stream in history.GroupBy(row => row.Stream, StringComparer.Ordinal))
            stream.Select(row => row.Number).ToList().ShouldBe(Enumerable.Range(1, stream.Count()).Select(i => (long)i).ToList(), customMessage: $"numbers of {stream.Key}");
    }

    /// <summary>A command that was sent again stays in the intake until its repeat is answered, too.</summary>
    private static async Task NothingIsLeftAsync(NpgsqlDataSource database)
    {
        await Until.TrueAsync(
            async () => await CountAsync(database, "process_deployment.command_intake") == 0,
            () => "Commands are left in the intake.");
        foreach (var table in (string[])["process_deployment.dead_letter", "wolverine.wolverine_dead_letters"])
            (await CountAsync(database, table)).ShouldBe(0, $"rows left in {table}");
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

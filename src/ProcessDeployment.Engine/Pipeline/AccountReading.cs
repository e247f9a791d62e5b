using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Pipeline;

/// <summary>Looks up what the decisions of a transaction need, for all of its accounts together, in few round trips.</summary>
internal sealed class AccountReading(NpgsqlConnection connection, IReadOnlyList<AccountWork> works, AccessPictures pictures)
{
    /// <summary>Where the accounts stand, what became of the commands before and, in the same round trip, what they name.</summary>
    /// <param name="begin">Begins the transaction; null where the caller has begun it.</param>
    /// <param name="locking">What is taken of each account, in the order of their names.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task OpenAsync(string? begin, string locking, CancellationToken cancellation)
    {
        await using var trip = new RoundTrip(connection);
        var byAccount = works.ToDictionary(work => work.AccountId, StringComparer.Ordinal);
        if (begin is not null) trip.Control(begin);
        trip.Query(
            $"select account_id, position, last_time, clock_timestamp(), away from process_deployment.account where account_id = any($1) order by account_id {locking}",
            works, work => work.AccountId, columns: null,
            row => byAccount[row.GetString(0)].Open(row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3), row.Text(4)));
        OutcomeStore.LookUp(trip, (from work in works from command in work.Commands select (work.AccountId, command.Envelope.CommandId, work.Known)).ToList());
        await LearnAsync(trip, [.. works.Select(work => work.Missing()).OfType<LookUp>()], cancellation);
    }

    /// <summary>Everything that can be told before the first decision, and the events of commands that were decided before.</summary>
    public async Task LearnAllAsync(CancellationToken cancellation)
    {
        while (await LearnAsync(works.Select(work => work.Missing()), cancellation)) { }
        await using var trip = new RoundTrip(connection);
        OutcomeStore.RecallEvents(trip, works.Select(work => (work.AccountId, work.Known)).ToList());
        await trip.RunAsync(cancellation);
    }

    /// <summary>Decides the commands of an account in order; one may need more because of what an earlier one did.</summary>
    public Task JudgeAsync(AccountWork work, CancellationToken cancellation) =>
        work.JudgeAsync(async missing => { while (await LearnAsync([missing()], cancellation)) { } });

    /// <summary>One round trip for all who miss something: closures follow from components, holders from closures. False when nobody does.</summary>
    private async Task<bool> LearnAsync(IEnumerable<LookUp?> missing, CancellationToken cancellation)
    {
        var lookUps = missing.OfType<LookUp>().ToList();
        if (lookUps.Count == 0) return false;
        await using var trip = new RoundTrip(connection);
        await LearnAsync(trip, lookUps, cancellation);
        return true;
    }

    private async Task LearnAsync(RoundTrip trip, List<LookUp> lookUps, CancellationToken cancellation)
    {
        AccountLoader.AddTo(trip, lookUps, pictures);
        await trip.RunAsync(cancellation);
        foreach (var lookUp in lookUps)
        {
            var work = works.Single(work => work.AccountId == lookUp.AccountId);
            work.Changes.Learn(lookUp.Findings);
            // Anybody may name accounts, also such as there are not.
            if (work.Found && lookUp.Findings.Picture is { } picture) pictures.Keep(lookUp.AccountId, picture);
        }
    }
}

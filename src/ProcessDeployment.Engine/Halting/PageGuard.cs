using Npgsql;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;
using EventRange = JasperFx.Events.Projections.EventRange;

namespace ProcessDeployment.Engine.Halting;

/// <summary>
/// Sees to it that read models hold a prefix of each account's history and nothing else. Positions have no gaps: where the
/// next one is not in the page, the account is halted there, and nothing after it is taken. One guard belongs to one run of
/// the projection, which makes one page after another, and remembers where each account is.
/// </summary>
internal sealed class PageGuard(EventDecoder decoder, ILogger log)
{
    private const string Where = """
        select a.account_id, coalesce(r.position, 0) + 1, h.account_id is not null
        from unnest($1) as a(account_id)
        left join process_deployment.read_position r on r.account_id = a.account_id
        left join process_deployment.halted_account h on h.account_id = a.account_id
        """;

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    public async Task<GuardedPage> KeepAsync(NpgsqlConnection connection, EventRange range, CancellationToken cancellation)
    {
        var lacking = await LackingEvents.FindAsync(connection, decoder, range, cancellation);
        var events = range.Events.ConvertAll(Recorded.Of);
        await LookAsync(connection, events, lacking, cancellation);

        var (kept, halted) = (new List<Recorded>(events.Count), new Dictionary<string, HaltedAccount>(StringComparer.Ordinal));
        foreach (var recorded in events)
        {
            var (place, lacks) = (_places[recorded.AccountId], lacking.GetValueOrDefault(recorded.AccountId));
            if (!place.IsHalted && recorded.Position == place.Next && lacks?.Position != recorded.Position)
            {
                kept.Add(recorded);
                place.Next++;
            }
            else if (!place.IsHalted && recorded.Position < place.Next)
            {
                throw new ReadModelException($"In account {recorded.AccountId} position {recorded.Position} comes again; its read models expect {place.Next}.");
            }
            else
            {
                Halt(recorded.AccountId, place, lacks, recorded.Position, halted);
            }
        }

        foreach (var (accountId, lacks) in lacking)
        {
            var place = _places[accountId];
            if (place.IsHalted || lacks.Position >= place.Next) Halt(accountId, place, lacks, lacks.Position, halted);
        }

        return new(kept, [.. halted.Values]);
    }

    /// <summary>At the next event, which is the one that cannot be read, or one that did not come; or, where it is halted already, before the first one that is left out.</summary>
    private void Halt(string accountId, Place place, HaltedAccount? lacks, long position, Dictionary<string, HaltedAccount> halted)
    {
        if (halted.ContainsKey(accountId)) return;
        var at = place.IsHalted ? Math.Min(position, lacks?.Position ?? position) : place.Next;
        halted[accountId] = lacks?.Position == at ? lacks : new(accountId, at, null, null, null);
        if (!place.IsHalted && halted[accountId].Problem is not null) HaltedLog.Alarm(log, halted[accountId]);
        place.IsHalted = true;
    }

    /// <summary>Only for accounts of which nothing is known yet, or that were halted, or that are not where they were thought to be.</summary>
    private Task LookAsync(NpgsqlConnection connection, List<Recorded> events, Dictionary<string, HaltedAccount> lacking, CancellationToken cancellation)
    {
        var accounts = lacking.Keys.Where(accountId => !_places.ContainsKey(accountId)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var first in events.Where(recorded => seen.Add(recorded.AccountId)))
        {
            if (!_places.TryGetValue(first.AccountId, out var place) || place.IsHalted || place.Next != first.Position) accounts.Add(first.AccountId);
        }

        return accounts.Count == 0 ? Task.CompletedTask : LookAsync(connection, [.. accounts], cancellation);
    }

    private async Task LookAsync(NpgsqlConnection connection, List<string> accounts, CancellationToken cancellation)
    {
        await using var trip = new RoundTrip(connection);
        trip.Query(Where, accounts, accountId => accountId, null, row => _places[row.GetString(0)] = new() { Next = row.GetInt64(1), IsHalted = row.GetBoolean(2) });
        await trip.RunAsync(cancellation);
    }

    private sealed class Place
    {
        /// <summary>The position that its read models expect.</summary>
        public long Next { get; set; }

        public bool IsHalted { get; set; }
    }
}

/// <summary>What of a page may be written.</summary>
/// <param name="Events">Of each account what follows its read models, without a gap.</param>
/// <param name="Halted">The accounts of which something was left out, each with the first event that was.</param>
internal sealed record GuardedPage(IReadOnlyList<Recorded> Events, IReadOnlyList<HaltedAccount> Halted);

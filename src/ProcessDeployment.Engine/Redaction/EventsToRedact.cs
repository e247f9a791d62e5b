using System.Globalization;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>Finds the events that are asked for, and refuses what may not be altered.</summary>
internal sealed class EventsToRedact(EventDecoder decoder, LedgerReader ledger, ReadPosition readPosition)
{
    /// <summary>Commands of the account wait as long as a transaction takes.</summary>
    public const int AtOnce = 100;

    private const string OfPosition = $"select {EventToRedact.Columns} from events.mt_events e where e.tenant_id = $1 and {LeafSql.Position} = $2";

    private const string OfPerson = $"""
        select {EventToRedact.Columns} from events.mt_events e
        where e.tenant_id = $1 and e.user_name = $2 and {LeafSql.Position} > $3 and {LeafSql.Position} <= $5 and e.type <> $4 order by {LeafSql.Position} limit 100
        """;

    private const string Before = """
        select distinct on (1) (e.data ->> 'eventPosition')::bigint, e.data ->> 'leafHash', e.data ->> 'becomes' from events.mt_events e
        where e.tenant_id = $1 and e.stream_id = 'operations' and e.type = $3 and (e.data ->> 'eventPosition')::bigint = any($2)
        order by 1, e.version desc
        """;

    private static readonly string RedactionType = WireNameAttribute.Of(typeof(PersonalDataRedacted));

    /// <summary>Looks at all of them before the first is altered; the position of the last, 0 where an actor has none.</summary>
    /// <exception cref="RedactionException">What stands against it.</exception>
    public async Task<long> CheckAllAsync(NpgsqlConnection connection, RedactionRequest asked, CancellationToken cancellation)
    {
        for (var last = 0L; ;)
        {
            var found = await FindAsync(connection, asked, last, long.MaxValue, cancellation);
            await SealedAsync(connection, asked.AccountId, found, cancellation);
            if (found.Count > 0) last = found[^1].Position;
            if (asked.Person is null || found.Count < AtOnce) return last;
        }
    }

    /// <summary>The next of them, each allowed to be altered.</summary>
    public async Task<List<EventToRedact>> FindAsync(NpgsqlConnection connection, RedactionRequest asked, long after, long until, CancellationToken cancellation)
    {
        var found = new List<EventToRedact>();
        await using (var batch = new AccountBatch(connection, asked.AccountId))
        {
            if (asked.Person is { } person) batch.Query(OfPerson, row => found.Add(EventToRedact.Read(row)), Parameters.Value(person), Parameters.Value(after), Parameters.Value(RedactionType), Parameters.Value(until));
            else batch.Query(OfPosition, row => found.Add(EventToRedact.Read(row)), Parameters.Value(asked.Position!.Value));
            await batch.RunAsync(cancellation);
        }

        if (found.Count == 0 && asked.Person is null) throw new RedactionException("position", $"must be that of an event of account {asked.AccountId}");
        var (size, read) = (await ledger.SizeAsync(asked.AccountId, cancellation), await readPosition.CurrentAsync(asked.AccountId, cancellation));
        foreach (var one in found)
        {
            one.Demand(asked.Person is null ? asked.Members : [PersonalData.Actor], asked.Why, decoder);
            if (one.Position > size) throw new RedactionException("position", string.Create(CultureInfo.InvariantCulture, $"must be sealed, {one.Position} is not yet: with an engine running it is within a second"));
            // What a list is about to write of it has been read from it before.
            if (one.Position > read) throw new RedactionException("position", string.Create(CultureInfo.InvariantCulture, $"must be in the lists, they are at {read}: with an engine running they come to {one.Position} in a moment"));
        }

        return found;
    }

    /// <summary>The leaves under which they were sealed, in their order.</summary>
    /// <exception cref="RedactionException">One is neither what was sealed nor what a redaction made of that.</exception>
    public async Task<List<string>> SealedAsync(NpgsqlConnection connection, string accountId, IReadOnlyList<EventToRedact> found, CancellationToken cancellation)
    {
        var (leaves, before) = (await ledger.LeavesAsync(accountId, [.. found.Select(one => one.Position)], cancellation), new Dictionary<long, (string Origin, string Now)>());
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(
            Before, row => before[row.GetInt64(0)] = (row.GetString(1), row.GetString(2)),
            Parameters.Array([.. found.Select(one => one.Position)]), Parameters.Value(RedactionType));
        await batch.RunAsync(cancellation);
        var isSealed = leaves.ConvertAll(Convert.ToHexStringLower);
        foreach (var (one, leaf) in found.Zip(isSealed))
        {
            if (before.GetValueOrDefault(one.Position, (one.LeafHash, one.LeafHash)) != (leaf, one.LeafHash))
                throw new RedactionException("position", string.Create(CultureInfo.InvariantCulture, $"{one.Position} is not as it was sealed: somebody altered it, and no redaction may cover that. Export it and have it verified"));
        }

        return isSealed;
    }
}

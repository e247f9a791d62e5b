using System.Globalization;
using Npgsql;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>
/// Takes personal data out of sealed events, with the owner's login: the engine's own may not alter any. In one transaction
/// under the lock of the account events are altered, the sealed log gets an event that says which and into what, what stands
/// beside them is cleaned, and the rebuild of all that follows from them is put in the list of jobs; it runs at once.
/// </summary>
internal sealed class Redactor(Databases databases, EventDecoder decoder, LedgerReader ledger, RebuildRunner rebuilds, ReadPosition readPosition, LedgerFolder folder)
{
    /// <summary>Commands of the account wait as long as a transaction takes.</summary>
    private const int AtOnce = 100;

    private const string OfPosition = $"select {EventToRedact.Columns} from events.mt_events e where e.tenant_id = $1 and {LeafSql.Position} = $2";

    private const string OfPerson = $"""
        select {EventToRedact.Columns} from events.mt_events e
        where e.tenant_id = $1 and e.user_name = $2 and {LeafSql.Position} > $3 and e.type <> $4 order by {LeafSql.Position} limit 100
        """;

    private const string Before = """
        select e.data ->> 'leafHash', e.data ->> 'becomes' from events.mt_events e
        where e.tenant_id = $1 and e.stream_id = 'operations' and e.type = $3 and (e.data ->> 'eventPosition')::bigint = $2 order by e.version desc limit 1
        """;

    private const string SetActor = $"update events.mt_events e set user_name = $3 where e.tenant_id = $1 and {LeafSql.Position} = $2";
    private const string SetReason = $"update events.mt_events e set headers = jsonb_set(e.headers, '{{reason}}', to_jsonb($3)) where e.tenant_id = $1 and {LeafSql.Position} = $2";
    private const string SetText = $"update events.mt_events e set data = jsonb_set(e.data, $4, to_jsonb($3), false) where e.tenant_id = $1 and {LeafSql.Position} = $2";
    private const string Leaf = $"select encode({LeafSql.Hash}, 'hex') from events.mt_events e where e.tenant_id = $1 and {LeafSql.Position} = $2";

    private const string Elsewhere = $"""
        select {LeafSql.Position} from events.mt_events e
        where e.tenant_id = $1 and exists (
            select from unnest($2) as t(text) where position({WhatFollows.InJson} in concat(e.data::text, ' ', e.headers::text, ' ', to_json(e.user_name))) > 0)
        order by 1 limit 20
        """;

    private static readonly string RedactionType = EventTypes.All.Single(known => known.Type == typeof(PersonalDataRedacted)).WireName;

    /// <summary>Alters what is asked for and begins the rebuild; the caller waits for that.</summary>
    /// <exception cref="RedactionException">What stands against it; nothing was altered then.</exception>
    public async Task<RedactionReport> RedactAsync(RedactionRequest asked, CancellationToken cancellation)
    {
        await using var owner = databases.OpenOwner();
        if (!await DatabaseRights.MayAlterHistoryAsync(owner, cancellation))
            throw new RedactionException("ConnectionStrings__Owner", "must be the login that owns the tables: that of the engine may not alter history");
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        var (redacted, texts) = (new List<Redacted>(), new HashSet<string>(StringComparer.Ordinal));
        var request = new RebuildRequest([.. RebuildModel.All.Select(model => model.Name)], asked.AccountId, VerifyOnly: false, asked.AccountId, asked.By);
        Guid? job;
        try
        {
            job = await rebuilds.BeginWithAsync((jobId, runner) => AlterAsync(connection, asked, () => RebuildJobs.AddAsync(connection, jobId, request, runner, cancellation), redacted, texts, cancellation), cancellation);
        }
        catch (Exception e) when (redacted.Count > 0 && e is not RedactionException)
        {
            throw new RedactionException("lists", $"may still hold what was taken out of {redacted.Count} event(s): run rebuild --all --tenant {asked.AccountId} ({e.Message})");
        }

        if (job is null) throw new RedactionException("rebuilds", "has a job that runs, and what follows from events can be built anew by one at a time. Wait for it or cancel it, then redact");
        KeptExports.Delete(folder, asked.AccountId);
        return new(asked.AccountId, redacted, job.Value, await ElsewhereAsync(connection, asked.AccountId, texts, cancellation));
    }

    /// <summary>Some events at a time, each time with everything that belongs to them.</summary>
    private async Task AlterAsync(NpgsqlConnection connection, RedactionRequest asked, Func<Task> addJob, List<Redacted> redacted, HashSet<string> texts, CancellationToken cancellation)
    {
        for (var (last, first) = (0L, true); ; first = false)
        {
            await using var batch = new AccountBatch(connection, asked.AccountId);
            batch.Control("begin");
            await batch.RunAsync(cancellation);
            try
            {
                var altered = await AlterSomeAsync(connection, asked, last, first, addJob, cancellation);
                redacted.AddRange(altered.Done);
                texts.UnionWith(altered.Texts);
                if (asked.Person is null || altered.Done.Count < AtOnce) return;
                last = altered.Done[^1].Position;
            }
            catch
            {
                await using var back = new AccountBatch(connection, asked.AccountId);
                back.Control("rollback");
                await back.RunAsync(CancellationToken.None);
                throw;
            }
        }
    }

    private async Task<(List<Redacted> Done, IEnumerable<string> Texts)> AlterSomeAsync(
        NpgsqlConnection connection, RedactionRequest asked, long after, bool first, Func<Task> addJob, CancellationToken cancellation)
    {
        await LockAsync(connection, asked.AccountId, cancellation);
        var found = await FindAsync(connection, asked, after, cancellation);
        var work = new List<IncomingCommand>();
        foreach (var one in found) work.Add(await AlterOneAsync(connection, asked, one, cancellation));
        if (first)
        {
            await using var beside = new AccountBatch(connection, asked.AccountId);
            if (asked.Person is { } person) WhatFollows.AddTo(beside, person);
            await beside.RunAsync(cancellation);
            await addJob();
        }

        var account = new AccountWork(asked.AccountId, work);
        await BatchRunner.JoinAsync(connection, account, cancellation);
        return ([.. found.Zip(account.Answers).Select(pair => new Redacted(pair.First.Position, pair.First.Members, pair.Second.Events[0].Position))], found.SelectMany(one => one.Texts));
    }

    private async Task<List<EventToRedact>> FindAsync(NpgsqlConnection connection, RedactionRequest asked, long after, CancellationToken cancellation)
    {
        var found = new List<EventToRedact>();
        await using (var batch = new AccountBatch(connection, asked.AccountId))
        {
            if (asked.Person is { } person) batch.Query(OfPerson, row => found.Add(EventToRedact.Read(row)), Parameters.Value(person), Parameters.Value(after), Parameters.Value(RedactionType));
            else batch.Query(OfPosition, row => found.Add(EventToRedact.Read(row)), Parameters.Value(asked.Position!.Value));
            await batch.RunAsync(cancellation);
        }

        if (found.Count == 0 && after == 0)
            throw asked.Person is null
                ? new RedactionException("position", $"must be that of an event of account {asked.AccountId}")
                : new RedactionException("actor", $"must be one who acted in account {asked.AccountId}");
        var (size, read) = (await ledger.SizeAsync(asked.AccountId, cancellation), await readPosition.CurrentAsync(asked.AccountId, cancellation));
        foreach (var one in found)
        {
            one.Demand(asked.Person is null ? asked.Members : [PersonalData.Actor], decoder);
            if (one.Position > size) throw new RedactionException("position", string.Create(CultureInfo.InvariantCulture, $"must be sealed, {one.Position} is not yet: with an engine running it is within a second"));
            // What a list is about to write of it has been read from it before.
            if (one.Position > read) throw new RedactionException("position", string.Create(CultureInfo.InvariantCulture, $"must be in the lists, they are at {read}: with an engine running they come to {one.Position} in a moment"));
        }

        return found;
    }

    private async Task<IncomingCommand> AlterOneAsync(NpgsqlConnection connection, RedactionRequest asked, EventToRedact one, CancellationToken cancellation)
    {
        var isSealed = await SealedAsync(asked.AccountId, one.Position, cancellation);
        var (origin, now, becomes) = (one.LeafHash, one.LeafHash, "");
        await using var batch = new AccountBatch(connection, asked.AccountId);
        batch.Query(Before, row => (origin, now) = (row.GetString(0), row.GetString(1)), Parameters.Value(one.Position), Parameters.Value(RedactionType));
        await batch.RunAsync(cancellation);
        if (origin != isSealed || now != one.LeafHash)
            throw new RedactionException("position", string.Create(CultureInfo.InvariantCulture, $"{one.Position} is not as it was sealed: somebody altered it, and no redaction may cover that. Nothing was changed; export it and have it verified"));

        await using var change = new AccountBatch(connection, asked.AccountId);
        foreach (var member in one.Members) Take(change, one.Position, member);
        WhatFollows.AddTo(change, one);
        change.Query(Leaf, row => becomes = row.GetString(0), Parameters.Value(one.Position));
        await change.RunAsync(cancellation);
        var happened = new PersonalDataRedacted { EventPosition = one.Position, LeafHash = isSealed, Becomes = becomes, Fields = one.Members, Reason = asked.Why };
        return OperationsLog.Noting(new() { AccountId = asked.AccountId, Actor = asked.By, Reason = asked.Why, Happened = happened });
    }

    private static void Take(AccountBatch batch, long position, string member)
    {
        var (where, marker) = (Parameters.Value(position), Parameters.Value(PersonalData.Marker));
        if (EventToRedact.PathOf(member) is { } path) batch.Execute(SetText, where, marker, Parameters.Array(path));
        else batch.Execute(member == PersonalData.Actor ? SetActor : SetReason, where, marker);
    }

    private static async Task LockAsync(NpgsqlConnection connection, string accountId, CancellationToken cancellation)
    {
        var isThere = false;
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query("select 1 from process_deployment.account where account_id = $1 for update", _ => isThere = true);
        await batch.RunAsync(cancellation);
        if (!isThere) throw new RedactionException("account", $"must be one there is; {accountId} is not");
    }

    private async Task<string> SealedAsync(string accountId, long position, CancellationToken cancellation)
    {
        await foreach (var hash in ledger.LeafHashesAsync(accountId, position, position, cancellation)) return Convert.ToHexStringLower(hash.Span);
        return "";
    }

    /// <summary>The same text may stand in other events: they are not altered unasked, but whoever asks should know.</summary>
    private static async Task<IReadOnlyList<long>> ElsewhereAsync(NpgsqlConnection connection, string accountId, IReadOnlyCollection<string> texts, CancellationToken cancellation)
    {
        var positions = new List<long>();
        await using var batch = new AccountBatch(connection, accountId, TimeSpan.FromMinutes(10));
        batch.Query(Elsewhere, row => positions.Add(row.GetInt64(0)), Parameters.Array([.. texts]));
        await batch.RunAsync(cancellation);
        return positions;
    }
}

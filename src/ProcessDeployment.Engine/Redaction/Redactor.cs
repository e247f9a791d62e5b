using Npgsql;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>
/// Takes personal data out of sealed events, with the owner's login: the engine's own may not alter any. In one transaction
/// under the lock of the account events are altered, the sealed log gets an event that says which and into what, what stands
/// beside them is cleaned, and the rebuild of all that follows from them is put in the list of jobs; it runs at once.
/// </summary>
internal sealed class Redactor(Databases databases, EventsToRedact events, RebuildRunner rebuilds, LedgerFolder folder)
{
    private const string Elsewhere = $"""
        select {LeafSql.Position} from events.mt_events e
        where e.tenant_id = $1 and {LeafSql.Position} > $3 and exists (
            select from unnest($2) as t(text) where position({WhatFollows.InJson} in concat(e.data::text, ' ', e.headers::text, ' ', to_json(e.user_name))) > 0)
        order by 1 limit 20
        """;

    /// <summary>Alters what is asked for and begins the rebuild; the caller waits for that.</summary>
    /// <exception cref="RedactionException">What stands against it; nothing was altered then.</exception>
    /// <exception cref="PartlyRedactedException">Some events were altered before something stood against it.</exception>
    public async Task<RedactionReport> RedactAsync(RedactionRequest asked, CancellationToken cancellation)
    {
        if (asked.Person is { } person) Demand(person, asked.Why);
        await using var owner = databases.OpenOwner();
        if (!await DatabaseRights.MayAlterHistoryAsync(owner, cancellation))
            throw new RedactionException("ConnectionStrings__Owner", "must be the login that owns the tables: that of the engine may not alter history");
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await AccountAsync(connection, asked.AccountId, "", cancellation);
        var until = await events.CheckAllAsync(connection, asked, cancellation);
        var done = new Done();
        if (until == 0)
        {
            await InTransactionAsync(connection, asked.AccountId, () => CleanBesideAsync(connection, asked, cancellation), cancellation);
            return await FinishAsync(connection, asked, done, cancellation);
        }

        var request = new RebuildRequest([.. RebuildModel.All.Select(model => model.Name)], asked.AccountId, VerifyOnly: false, asked.AccountId, asked.By);
        try
        {
            var job = await rebuilds.BeginWithAsync(
                async (jobId, runner) =>
                {
                    await AlterAllAsync(connection, asked, until, () => RebuildJobs.AddAsync(connection, jobId, request, runner, cancellation), done, () => done.JobId = jobId, cancellation);
                    done.IsWhole = true;
                },
                cancellation);
            if (job is null) throw new RedactionException("rebuilds", "has a job that runs, and what follows from events can be built anew by one at a time. Wait for it or cancel it, then redact");
        }
        catch (Exception e) when (done.IsWhole)
        {
            done.Warnings.Add($"Lists may still hold it: the rebuild could not be begun ({e.Message})");
        }
        catch (Exception e) when (done.Redacted.Count > 0)
        {
            throw new PartlyRedactedException(await FinishAsync(connection, asked, done, CancellationToken.None), e);
        }

        return await FinishAsync(connection, asked, done, cancellation);
    }

    /// <summary>The first events of the account that came since and hold one of the texts.</summary>
    public async Task<IReadOnlyList<long>> WrittenAnewAsync(RedactionReport report, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        return await ElsewhereAsync(connection, report.AccountId, report.Texts, report.Redactions.Max(one => one.NotedAt), cancellation);
    }

    private static void Demand(string person, string why)
    {
        if (string.IsNullOrWhiteSpace(person)) throw new RedactionException("actor", "must not be empty");
        if (why.Contains(person, StringComparison.OrdinalIgnoreCase)) throw new RedactionException("reason", "must not contain the actor, who is to be taken out: the reason stays in the history for ever");
    }

    /// <summary>Some events at a time, each time with everything that belongs to them.</summary>
    private async Task AlterAllAsync(NpgsqlConnection connection, RedactionRequest asked, long until, Func<Task> addJob, Done done, Action begun, CancellationToken cancellation)
    {
        for (var (last, first) = (0L, true); last < until; first = false)
        {
            var found = new List<EventToRedact>();
            var account = new AccountWork(asked.AccountId, []);
            await InTransactionAsync(
                connection,
                asked.AccountId,
                async () =>
                {
                    await AccountAsync(connection, asked.AccountId, "for update", cancellation);
                    found = await events.FindAsync(connection, asked, last, until, cancellation);
                    var (work, leaves) = (new List<IncomingCommand>(), await events.SealedAsync(connection, asked.AccountId, found, cancellation));
                    foreach (var (one, leaf) in found.Zip(leaves)) work.Add(await Alteration.RunAsync(connection, asked, one, leaf, cancellation));
                    if (first && asked.Person is { } person) await AskAsync(connection, asked.AccountId, batch => WhatFollows.AddPerson(batch, person), cancellation);
                    if (first) await addJob();
                    account = new AccountWork(asked.AccountId, work);
                    await BatchRunner.JoinAsync(connection, account, cancellation);
                },
                cancellation);
            begun();
            done.Redacted.AddRange(found.Zip(account.Answers).Select(pair => new Redacted(pair.First.Position, pair.First.Members, pair.Second.Events[0].Position)));
            done.Texts.UnionWith(found.SelectMany(one => one.Texts));
            if (asked.Person is null || found.Count < EventsToRedact.AtOnce) return;
            last = found[^1].Position;
        }
    }

    /// <summary>For whom there is no event: who was only ever refused stands beside them.</summary>
    private static async Task CleanBesideAsync(NpgsqlConnection connection, RedactionRequest asked, CancellationToken cancellation)
    {
        var isThere = false;
        await AccountAsync(connection, asked.AccountId, "for update", cancellation);
        await AskAsync(connection, asked.AccountId, batch => WhatFollows.AddWhetherAnything(batch, asked.Person!, answer => isThere = answer), cancellation);
        if (!isThere) throw new RedactionException("actor", $"must be one who acted in account {asked.AccountId}, or tried to");
        await AskAsync(connection, asked.AccountId, batch => WhatFollows.AddPerson(batch, asked.Person!), cancellation);
        await AskAsync(connection, asked.AccountId, batch => batch.Control("commit"), cancellation);
    }

    /// <summary>What comes after the events were altered undoes nothing of that when it fails.</summary>
    private async Task<RedactionReport> FinishAsync(NpgsqlConnection connection, RedactionRequest asked, Done done, CancellationToken cancellation)
    {
        IReadOnlyList<long> stillIn = [];
        try
        {
            KeptExports.Delete(folder, asked.AccountId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            done.Warnings.Add($"Kept exports of the account could not be deleted; delete those in {KeptExports.FolderOf(folder, asked.AccountId)} ({e.Message})");
        }

        if (asked.Person is { } person) done.Texts.Add(person);
        try
        {
            stillIn = await ElsewhereAsync(connection, asked.AccountId, done.Texts, after: 0, cancellation);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
            done.Warnings.Add($"Whether other events hold the same text could not be seen ({e.Message})");
        }

        return new(asked.AccountId, done.Redacted, done.JobId, stillIn, done.Warnings) { Texts = done.Texts };
    }

    /// <summary>Whoever works in it ends it too, with a commit.</summary>
    private static async Task InTransactionAsync(NpgsqlConnection connection, string accountId, Func<Task> work, CancellationToken cancellation)
    {
        await AskAsync(connection, accountId, batch => batch.Control("begin"), cancellation);
        try
        {
            await work();
        }
        catch
        {
            await BatchRunner.RollbackAsync(connection);
            throw;
        }
    }

    private static async Task AccountAsync(NpgsqlConnection connection, string accountId, string locking, CancellationToken cancellation)
    {
        var isThere = false;
        await AskAsync(connection, accountId, batch => batch.Query($"select 1 from process_deployment.account where account_id = $1 {locking}", _ => isThere = true), cancellation);
        if (!isThere) throw new RedactionException("account", $"must be one there is; {accountId} is not");
    }

    /// <summary>The same text may stand in other events: they are not altered unasked, but whoever asks should know.</summary>
    private static async Task<IReadOnlyList<long>> ElsewhereAsync(NpgsqlConnection connection, string accountId, IReadOnlyCollection<string> texts, long after, CancellationToken cancellation)
    {
        var positions = new List<long>();
        await using var batch = new AccountBatch(connection, accountId, TimeSpan.FromMinutes(10));
        batch.Query(Elsewhere, row => positions.Add(row.GetInt64(0)), Parameters.Array([.. texts]), Parameters.Value(after));
        await batch.RunAsync(cancellation);
        return positions;
    }

    private static async Task AskAsync(NpgsqlConnection connection, string accountId, Action<AccountBatch> add, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(connection, accountId);
        add(batch);
        await batch.RunAsync(cancellation);
    }

    /// <summary>What is committed so far.</summary>
    private sealed class Done
    {
        public List<Redacted> Redacted { get; } = [];

        public HashSet<string> Texts { get; } = new(StringComparer.Ordinal);

        public List<string> Warnings { get; } = [];

        public Guid? JobId { get; set; }

        public bool IsWhole { get; set; }
    }
}

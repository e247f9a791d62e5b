using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild.Folds;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// The next generation of some read models, from nothing to the moment it is as far as the one that answers. Each step is
/// one transaction together with its mark in the job, so that whoever goes on with the job begins where it ended.
/// </summary>
internal sealed class Generation(Databases databases, EventDecoder decoder, QuestionsFirst questions, RebuildTurns turns, RebuildJob job, IReadOnlyList<RebuildModel> models, RebuildProgress progress)
{
    public const long UsualEventsAtOnce = 2_000_000;

    /// <summary>What is left for the moment in which nobody else may write.</summary>
    private const int PageSize = 2_000;

    private readonly HashSet<string> _tables = [.. models.SelectMany(model => model.Tables)];
    private readonly string _schema = RebuildPlaces.SchemaOf(job.Place);

    /// <summary>With its place, unless that is the one there always was: what was begun in another place is in other tables.</summary>
    private readonly string[] _hashes = [.. models.Select(model => model.ScriptHash), NextTables.Form, .. (string[])(job.Place == RebuildPlaces.OfAll ? [] : [RebuildPlaces.SchemaOf(job.Place)])];
    private readonly JobMark _mark = new(job);

    public IReadOnlyList<RebuildModel> Models => models;

    public RebuildJob Job => job;

    public JobMark Mark => _mark;

    public IReadOnlySet<string> Tables => _tables;

    public string Schema => _schema;

    /// <summary>Accounts are folded together up to so many events.</summary>
    public long EventsAtOnce { get; init; } = UsualEventsAtOnce;

    private long Reached => _mark.Now.Reached ?? 0;

    public async Task FillAsync(CancellationToken cancellation)
    {
        // Tables that another release made have another form; the lists are in the order of the models.
        if (!_mark.Now.ScriptHashes.SequenceEqual(_hashes, StringComparer.Ordinal)) _mark.StartAnew();
        await ReadLeftAsync(cancellation);
        if (_mark.Now.Until is null) await PrepareAsync(cancellation);
        if (_mark.Now.Reached is null) await new BulkFill(databases, decoder, questions, turns, job, models, _mark, progress) { EventsAtOnce = EventsAtOnce }.RunAsync(cancellation);
        progress.Phase = RebuildPhases.CatchingUp;
        while (await CatchUpAsync(cancellation))
        {
        }
    }

    /// <summary>Brings in all that is left while no page is under way; returns the transaction that did.</summary>
    public async Task<string> CatchUpWhollyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var until = await ShardProgress.ReadAsync(connection, cancellation);
        var reached = Reached;
        // While pages wait, nobody else is let go first.
        while (reached < until) reached = await ApplyAsync(connection, reached, until, inTurn: null, cancellation);
        await _mark.MoveAsync(connection, _mark.Now with { Reached = reached }, cancellation);
        var last = await EarlierReaders.NowAsync(connection, cancellation);
        await transaction.CommitAsync(cancellation);
        return last;
    }

    /// <summary>Whether the new tables are as far as the projection says it is now.</summary>
    public async Task<bool> IsUpToDateAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        await ShardProgress.ReadAsync(connection, cancellation) == Reached;

    private async Task ReadLeftAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await _mark.Left.ReadAsync(connection, job.AccountId, cancellation);
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var bulk = models.Where(model => model.Fold is not null).SelectMany(model => model.Tables).ToList();
        var define = await NextTables.MakeAsync(connection, _schema, models, bulk, cancellation);
        var until = await ShardProgress.ReadAsync(connection, cancellation);
        await _mark.MoveAsync(connection, _mark.Now with { Until = until, LeftToDefine = define, ScriptHashes = _hashes }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A page more of what has happened meanwhile; false when what is left is less than that.</summary>
    private async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        var until = await ShardProgress.ReadAsync(connection, cancellation);
        if (until - Reached < PageSize) return false;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reached = await ApplyAsync(connection, Reached, until, turns, cancellation);
        await _mark.MoveAsync(connection, _mark.Now with { Reached = reached }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>The statements of the models themselves for the next page of events; returns how far that is.</summary>
    private async Task<long> ApplyAsync(NpgsqlConnection writer, long after, long until, RebuildTurns? inTurn, CancellationToken cancellation)
    {
        var events = new List<Recorded>();
        await using var reader = await databases.Shared.OpenConnectionAsync(cancellation);
        return await Threads.RunAsync(
            () =>
            {
                using var turn = inTurn?.Begin(cancellation);
                var range = new EventRange(after, until) { Accounts = job.AccountId is { } account ? [account] : null, AtMost = PageSize, Left = _mark.Left };
                var last = StoredEvents.Read(reader, decoder, range, events.Add, cancellation);
                if (events.Count > 0) PagedFold.PageOf(events, models, _tables, _schema).Run(writer);
                // Events are gone by, too, so their number does not tell.
                return last == after ? until : last;
            });
    }
}

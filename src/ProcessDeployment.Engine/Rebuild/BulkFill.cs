using Npgsql;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Rebuild.Folds;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// The bulk of the events in one pass for all models, a group of accounts after another, and the indexes after the rows.
/// Each group is one transaction together with its mark, so that whoever goes on with the job begins with the next.
/// </summary>
internal sealed class BulkFill(Databases databases, EventDecoder decoder, QuestionsFirst questions, RebuildTurns turns, RebuildJob job, IReadOnlyList<RebuildModel> models, JobMark mark, RebuildProgress progress)
{
    /// <summary>Accounts are folded together up to so many events; what an account has to keep in memory grows with what is alive in it.</summary>
    public required long EventsAtOnce { get; init; }

    private readonly string _schema = RebuildPlaces.SchemaOf(job.Place);

    public async Task RunAsync(CancellationToken cancellation)
    {
        progress.Phase = RebuildPhases.Reading;
        var wanted = WantedBy(Folds(static _ => { }));
        var reading = wanted is null ? decoder : decoder.Only(wanted);
        await using var reader = await databases.OpenForReadingAsync(cancellation);
        await using var writer = await databases.Shared.OpenConnectionAsync(cancellation);
        var all = new EventRange(0, mark.Now.Until!.Value) { Accounts = job.AccountId is { } accountId ? [accountId] : null, Without = wanted is null ? [] : decoder.NamesBut(wanted), Left = mark.Left };
        var accounts = await AccountGroups.ReadAsync(reader, job.AccountId, cancellation);
        progress.EventsTotal = accounts.Sum(account => account.Events);
        // Groups are made of where accounts are by now: after a stop they are others than before, and none may hold what is done.
        var done = mark.Now.AccountsDone.ToHashSet(StringComparer.Ordinal);
        progress.Read(accounts.Where(account => done.Contains(account.AccountId)).Sum(account => account.Events));
        var groups = AccountGroups.Of(accounts.Where(account => !done.Contains(account.AccountId)), EventsAtOnce).ToList();
        var inOneGo = groups.Count == 1 && done.Count == 0;
        foreach (var group in groups)
        {
            await using var transaction = await writer.BeginTransactionAsync(cancellation);
            await FoldAsync(reader, writer, reading, inOneGo ? all : all with { Accounts = group }, cancellation);
            await mark.MoveAsync(writer, mark.Now with { AccountsDone = [.. mark.Now.AccountsDone, .. group] }, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await DefineAsync(writer, cancellation);
    }

    private async Task FoldAsync(NpgsqlConnection reader, NpgsqlConnection writer, EventDecoder reading, EventRange range, CancellationToken cancellation)
    {
        var folds = Folds(page => page.Run(writer));
        await new FoldRun(reading, questions, turns, progress).RunAsync(reader, writer, folds, range with { Whole = folds.Any(fold => fold.WantsWhole) }, cancellation);
        await Threads.RunAsync(() =>
        {
            foreach (var fold in folds) fold.Complete();
            var tables = folds.SelectMany(fold => fold.Tables).ToList();
            foreach (var table in tables) table.Flush(writer);
            return tables.Count;
        });
    }

    private async Task DefineAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        (progress.Phase, progress.EventsTotal) = (RebuildPhases.Indexing, progress.EventsRead);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await NextTables.ExecuteAsync(connection, "set local maintenance_work_mem = '128MB'", cancellation);
        foreach (var statement in mark.Now.LeftToDefine) await NextTables.ExecuteAsync(connection, statement, cancellation);
        await NextTables.ExecuteAsync(connection, $"analyze {string.Join(", ", models.SelectMany(model => model.Tables).Select(table => $"{_schema}.{table}"))}", cancellation);
        await mark.MoveAsync(connection, mark.Now with { Reached = mark.Now.Until, LeftToDefine = [] }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private List<IFold> Folds(Action<NextPage> run)
    {
        var paged = models.Where(model => model.Fold is null).ToList();
        List<IFold> folds = [.. models.Where(model => model.Fold is not null).Select(model => model.Fold!())];
        foreach (var table in folds.SelectMany(fold => fold.Tables)) table.Schema = _schema;
        if (paged.Count > 0) folds.Add(new PagedFold(paged, _schema, run));
        return folds;
    }

    /// <summary>Null when one of the models looks at all of all events.</summary>
    private static WantedEvents? WantedBy(IReadOnlyList<IFold> folds) =>
        folds.Any(fold => fold.Wants is null) ? null : new(folds.SelectMany(fold => fold.Wants!));
}

using System.Collections.Concurrent;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Export;

/// <summary>
/// Writes exports to files, one at a time, so that a download that broke off goes on where it was. A file that was cleared away
/// or lies on another node is written again, byte for byte, where its period is closed.
/// </summary>
internal sealed class ExportJobs(Databases databases, LedgerFolder folder, ExportWriter writer, RedactionHistory redactions, IOperationsLog operations, ILogger<ExportJobs> log, Leaving leaving) : IDisposable
{
    private const string Note = """
        insert into process_deployment.export (account_id, export_id, from_time, to_time, first_position, last_position, checkpoint, made_by, redacted_to)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (account_id, export_id) do update set redacted_to = excluded.redacted_to
        """;

    private const string IsNoted = "select made_position is not null from process_deployment.export where account_id = $1 and export_id = $2";
    private const string RedactedTo = "select redacted_to from process_deployment.export where account_id = $1 and export_id = $2";
    private const string Noted = "update process_deployment.export set made_position = $3 where account_id = $1 and export_id = $2";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, ExportJob> _jobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The job of an export, begun now if it was not before. Null while another one is at work.</summary>
    public ExportJob? Start(ExportScope scope, string actor)
    {
        var file = FileOf(scope.AccountId, scope.Id);
        if (Find(scope.AccountId, scope.Id) is { Failure: null } known) return known;
        if (!_one.Wait(0)) return null;
        var job = new ExportJob(scope.Id, file, scope.Lines);
        job.Done = Task.Run(() => RunAsync(job, scope, actor, leaving.Left), CancellationToken.None);
        // Not earlier: whoever finds it must see that it is at work.
        _jobs[file] = job;
        return job;
    }

    /// <summary>An export that is being made or was; null when there is none, or its file was cleared away.</summary>
    public ExportJob? Find(string accountId, string exportId)
    {
        var file = FileOf(accountId, exportId);
        if (_jobs.TryGetValue(file, out var job) && (!job.Done.IsCompleted || job.Failure is not null)) return job;
        return File.Exists(file) ? new ExportJob(exportId, file, 0) : null;
    }

    /// <summary>Deletes the file of an export in which something stands that was redacted since; others of the account find theirs in the same way.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="last">The position of the last redaction of the account, 0 where there is none.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ForgetRedactedAsync(string accountId, string exportId, long last, CancellationToken cancellation)
    {
        var file = FileOf(accountId, exportId);
        if (last == 0 || !File.Exists(file)) return;
        long? redactedTo = null;
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(RedactedTo, row => redactedTo = row.GetInt64(0), Parameters.Value(exportId));
        await batch.RunAsync(cancellation);
        if (redactedTo != last) File.Delete(file);
    }

    public void Dispose() => _one.Dispose();

    private async Task RunAsync(ExportJob job, ExportScope scope, string actor, CancellationToken cancellation)
    {
        var unfinished = $"{job.File}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(job.File)!);
            ClearAway(Path.GetDirectoryName(job.File)!);
            await AskAsync(scope, batch => batch.Execute(
                Note, Parameters.Value(scope.Id), Given.Time(scope.From), Given.Time(scope.To),
                Parameters.Value(scope.First), Parameters.Value(scope.Last), Parameters.Value(scope.Pinned.Number), Parameters.Value(actor), Parameters.Value(scope.RedactedTo)), cancellation);
            await using (var output = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true)) await writer.WriteAsync(scope, output, written => job.Written = written, cancellation);
            if ((await redactions.LastAsync(scope.AccountId, cancellation)).Position != scope.RedactedTo)
                throw new InvalidOperationException("Personal data was redacted while it was written. Export again.");
            await NoteAsync(scope, actor, cancellation);
            File.Move(unfinished, job.File, overwrite: true);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            log.LogError(e, "Export {Export} of account {Account} failed", scope.Id, scope.AccountId);
            job.Failure = e.Message;
            // Without its folder there is nothing to delete, and File.Delete would say so.
            if (File.Exists(unfinished)) File.Delete(unfinished);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Once, also where the first who made it did not come to note it.</summary>
    private async Task NoteAsync(ExportScope scope, string actor, CancellationToken cancellation)
    {
        var noted = false;
        await AskAsync(scope, batch => batch.Query(IsNoted, row => noted = row.GetBoolean(0), Parameters.Value(scope.Id)), cancellation);
        if (noted) return;
        var made = new ExportMade { ExportId = scope.Id, FirstPosition = scope.First, LastPosition = scope.Last, Checkpoint = scope.Pinned.Number };
        var position = await operations.RecordAsync(scope.AccountId, actor, made, cancellation);
        await AskAsync(scope, batch => batch.Execute(Noted, Parameters.Value(scope.Id), Parameters.Value(position)), cancellation);
    }

    private async Task AskAsync(ExportScope scope, Action<AccountBatch> add, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, scope.AccountId);
        add(batch);
        await batch.RunAsync(cancellation);
    }

    private static void ClearAway(string exports)
    {
        foreach (var file in Directory.EnumerateFiles(exports).Where(file => DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > Kept)) File.Delete(file);
    }

    /// <summary>Accounts are [a-z0-9-] and ids hexadecimal, so neither leads anywhere else.</summary>
    private string FileOf(string accountId, string exportId) => Path.Combine(KeptExports.FolderOf(folder, accountId), $"{exportId}.zip");
}

/// <summary>An export on its way.</summary>
internal sealed class ExportJob(string id, string file, long total)
{
    private long _written;

    public string Id { get; } = id;
    public string File { get; } = file;

    /// <summary>Events to write.</summary>
    public long Total { get; } = total;

    /// <summary>Events written.</summary>
    public long Written
    {
        get => Interlocked.Read(ref _written);
        set => Interlocked.Exchange(ref _written, value);
    }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; set; }

    public Task Done { get; set; } = Task.CompletedTask;
}

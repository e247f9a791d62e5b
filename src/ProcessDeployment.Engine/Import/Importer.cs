using System.Collections.Concurrent;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// Brings a folder of component files into an account: read all, ask what is there, send what differs. Contents are read
/// again when they are sent, so that memory does not grow with the folder.
/// </summary>
public sealed class Importer(ComponentFolder folder, IImportTarget target, string? account = null, IProgress<ImportProgress>? progress = null)
{
    private readonly ImportTally _tally = new();

    public async Task<ImportReport> RunAsync(CancellationToken ct)
    {
        var files = folder.Files();
        var components = ImportSelection.OnePerComponent(await ReadAsync(files, ct), _tally.Messages);
        var known = await FindAsync(components, ct);

        var repeated = await SendAsync(Plan(components, known), retry: false, ct);
        if (repeated.Count > 0) await SendAsync(Plan(repeated, await FindAsync(repeated, ct)), retry: true, ct);

        _tally.Messages.AddRange(ImportPlan.Missing(components, known));
        return _tally.Report(files.Count);
    }

    private async Task<List<ImportedComponent>> ReadAsync(IReadOnlyList<string> files, CancellationToken ct)
    {
        var read = new ConcurrentBag<ImportedComponent>();
        var broken = new ConcurrentBag<(string File, string Why)>();
        var done = 0;
        await Parallel.ForEachAsync(files, ct, async (file, cancel) =>
        {
            try
            {
                read.Add((await folder.ReadAsync(file, cancel)).Component);
            }
            catch (ComponentFileException e)
            {
                broken.Add((file, e.Message));
            }

            progress?.Report(new("Reading", Interlocked.Increment(ref done), files.Count));
        });
        foreach (var (file, why) in broken) _tally.Broken(file, why);
        return [.. read.OrderBy(component => component.File, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyDictionary<Guid, KnownComponent>> FindAsync(IReadOnlyList<ImportedComponent> components, CancellationToken ct)
    {
        var ids = components.Select(component => component.ComponentId)
            .Concat(components.SelectMany(component => component.References).Select(reference => reference.ComponentId))
            .ToHashSet();
        progress?.Report(new("Comparing", 0, ids.Count));
        var known = await target.FindAsync(ids, _tally.Position, ct);
        progress?.Report(new("Comparing", ids.Count, ids.Count));
        return known;
    }

    private IReadOnlyList<PlannedChange> Plan(IReadOnlyList<ImportedComponent> components, IReadOnlyDictionary<Guid, KnownComponent> known)
    {
        var plan = ImportPlan.Of(components, known);
        _tally.Planned(plan);
        return plan.Changes;
    }

    /// <summary>
    /// Sends all and gives back what was not judged now: a refusal is final for its command id, so one that is only repeated
    /// tells of an earlier run. What stood in the way then may be gone, and a new id lets it be judged anew.
    /// </summary>
    private async Task<IReadOnlyList<ImportedComponent>> SendAsync(IReadOnlyList<PlannedChange> changes, bool retry, CancellationToken ct)
    {
        var repeated = new List<ImportedComponent>();
        var batch = new ImportBatch();
        var done = 0;
        foreach (var change in changes)
        {
            if (await CommandAsync(change, retry, ct) is not { } command) continue;
            if (batch.TryAdd(change, command)) continue;
            await SendAsync(batch, retry, repeated, ct);
            progress?.Report(new("Sending", done += batch.Commands.Count, changes.Count));
            batch = new();
            batch.TryAdd(change, command);
        }

        if (batch.Commands.Count > 0) await SendAsync(batch, retry, repeated, ct);
        progress?.Report(new("Sending", changes.Count, changes.Count));
        return repeated;
    }

    private async Task SendAsync(ImportBatch batch, bool retry, List<ImportedComponent> repeated, CancellationToken ct)
    {
        foreach (var (change, outcome) in batch.Changes.Zip(await target.SendAsync(batch.Commands, ct)))
        {
            _tally.Reached(outcome.Position);
            if (!retry && IsRepeatedRefusal(outcome)) repeated.Add(change.Component);
            else _tally.Sent(change.Component, outcome);
        }
    }

    private async Task<ImportCommand?> CommandAsync(PlannedChange change, bool retry, CancellationToken ct)
    {
        try
        {
            var command = ImportCommands.Of(account, change, (await folder.ReadAsync(change.Component.File, ct)).Content);
            return retry ? command with { CommandId = Guid.CreateVersion7() } : command;
        }
        catch (ComponentFileException e)
        {
            _tally.Broken(change.Component.File, e.Message);
            return null;
        }
    }

    private static bool IsRepeatedRefusal(Outcome outcome) =>
        outcome.Status == OutcomeStatus.Refused && (outcome.Replayed || outcome.Refusal?.Code == RefusalCodes.CommandIdReused);
}

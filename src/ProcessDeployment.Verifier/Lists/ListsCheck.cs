using ProcessDeployment.Verifier.Bundles;
using ProcessDeployment.Verifier.Checkpoints;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>Holds the period and the lists of a bundle against its events, while these go by.</summary>
internal sealed class ListsCheck : IDisposable
{
    public const string Attempts = "attempts.csv";

    /// <summary>What an export of a period must have.</summary>
    public static readonly string[] Lists = ["changes.csv", "changes.jsonl", "deployments.csv", "exceptions.csv"];

    private readonly Period _period;
    private readonly PeriodCheck _times;
    private readonly NamesOfTheTime _names;
    private readonly VersionsOfTheTime _versions;
    private readonly List<Stream> _streams = [];
    private readonly ChangesCsv _changes;
    private readonly ChangeLines _lines;
    private readonly DeploymentsCsv _deployments;
    private readonly Report _report;
    private readonly Skips _skips;
    private readonly long _first;
    private readonly List<(long Position, string Why)> _bad = [];
    private readonly List<string> _passedOver = [];
    private long _count;
    private long _unnamed;
    private long _unknown;

    private ListsCheck(Bundle bundle, Manifest manifest, Period period, Checkpoint checkpoint, Skips skips, Report report)
    {
        (_skips, _first) = (skips, manifest.First);
        (_period, _report, _times) = (period, report, new(manifest, period, checkpoint, report));
        (_names, _versions) = (new(manifest.First == 1), new(manifest.First == 1));
        ListFile File(string name) => new(name, period, report);
        Stream Read(string name)
        {
            _streams.Add(bundle.Read(name));
            return _streams[^1];
        }

        _changes = new(Read(Lists[0]), File(Lists[0]));
        _lines = new(Read(Lists[1]), File(Lists[1]));
        _deployments = new(Read(Lists[2]), File(Lists[2]), Read(Lists[3]), File(Lists[3]));
    }

    /// <summary>Null where the bundle is one of events only, or lacks a list, which is said.</summary>
    public static ListsCheck? Of(Bundle bundle, Manifest manifest, Checkpoint checkpoint, Skips skips, Report report)
    {
        if (manifest.Period is not { } period)
        {
            report.Note("period", "the manifest names none: only the events are judged");
            foreach (var name in Lists.Append(Attempts).Where(bundle.Has)) report.Bad("lists", $"{name} is there, but the manifest names no period");
            return null;
        }

        var missing = Lists.Where(name => !manifest.Files.ContainsKey(name) || !bundle.Has(name)).ToList();
        foreach (var name in missing) report.Bad("lists", $"{name} is not among the files of the manifest, or missing");
        return missing.Count == 0 ? new(bundle, manifest, period, checkpoint, skips, report) : null;
    }

    /// <summary>The next events, in their order; each was found to be what was sealed.</summary>
    public void Take(IReadOnlyList<EventFacts> events)
    {
        EventFacts[] all = [.. events.Select(Marked)];
        foreach (var facts in all)
        {
            _times.Take(facts);
            _names.Take(facts);
            var deployment = _versions.Take(facts);
            if (!_period.Has(facts.Position)) continue;
            if (deployment is not null) _deployments.Take(deployment);
            if (facts.Words is null) _unknown++;
            else if (facts.Name is null || facts.Summary is null) _unnamed++;
        }

        var changes = all.Where(facts => _period.Has(facts.Position)).ToList();
        _count += changes.Count;
        Parallel.Invoke(() => _changes.Take(changes), () => _lines.Take(changes));
    }

    /// <summary>An event as the lists must show it.</summary>
    private EventFacts Marked(EventFacts facts)
    {
        if (_skips.At(facts.Position) is { } skip)
        {
            if (_period.Has(facts.Position)) _passedOver.Add($"position {facts.Position}: {facts.Type} could not be read and was passed over, marked by {skip.By}, as position {skip.At} says");
            return facts.PassedOver(skip);
        }

        // No engine would have gone by it.
        if (facts.IsBroken && _period.Has(facts.Position)) _bad.Add((facts.Position, "its data is not of its type, and nothing says that it was passed over"));
        if (facts.Skips is { } position && position >= _first && position <= _period.Last && _skips.At(position) is null)
            _bad.Add((position, $"it was marked as skipped, as position {facts.Position} says, but {Skips.File} lacks that"));
        return facts;
    }

    public void End()
    {
        foreach (var (position, why) in _bad) _report.Bad("skipped", why, position);
        foreach (var passedOver in _passedOver) _report.Note("skipped", passedOver);
        _times.End();
        _changes.End(_count);
        _lines.End(_count);
        _deployments.End();
        if (_unnamed > 0) _report.Note("lists", $"not judged in changes: names in {_unnamed} rows that were given before the bundle begins");
        if (_unknown > 0) _report.Note("lists", $"not judged in changes: name and summary of {_unknown} rows of types that this program does not know");
        if (_deployments.Open > 0) _report.Note("lists", $"not judged in deployments.csv: difference or revisers of {_deployments.Open} rows, where the version before or a revision is from before the bundle begins");
    }

    public void Dispose() => _streams.ForEach(stream => stream.Dispose());
}

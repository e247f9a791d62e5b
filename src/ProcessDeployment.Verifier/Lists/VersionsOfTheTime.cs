using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>Which versions there were, and who made which revision: learned from the events, in their order.</summary>
internal sealed class VersionsOfTheTime(bool fromTheBeginning)
{
    private readonly Dictionary<string, Deployment> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid ComponentId, int Revision), string> _revisers = [];

    /// <summary>To which something happened that this program does not know: a revision or a version may be missing here.</summary>
    private readonly HashSet<Guid> _open = [];

    /// <summary>Null for anything but a deployment.</summary>
    public DeploymentFacts? Take(EventFacts facts)
    {
        if (facts.Revision is { } revision && Guid.TryParseExact(facts.ComponentId, "D", out var componentId)) _revisers.TryAdd((componentId, revision), facts.Actor);
        if (facts.Words is null && Guid.TryParseExact(facts.ComponentId, "D", out var open)) _open.Add(open);
        if (facts.Deployment is not { } deployed) return null;
        var before = _last.GetValueOrDefault(deployed.ProcessId);
        _last[deployed.ProcessId] = deployed;
        if (before?.Version != deployed.Version - 1) before = null;
        var result = new DeploymentFacts(facts, deployed);
        return before is not null || deployed.Version == 1 || (fromTheBeginning && !IsOpen(deployed.ProcessId)) ? Compare(result, before) : result;
    }

    private DeploymentFacts Compare(DeploymentFacts result, Deployment? before)
    {
        var (now, then) = (result.Deployed.Manifest.ToDictionary(entry => entry.ComponentId), before?.Manifest.ToDictionary(entry => entry.ComponentId) ?? []);
        var (changes, cameIn) = (new List<(string Name, string Id, string Text)>(), new List<(string Id, string? Reviser)>());
        foreach (var id in now.Keys.Union(then.Keys))
        {
            var (entry, former) = (now.GetValueOrDefault(id), then.GetValueOrDefault(id));
            if (entry?.Revision == former?.Revision) continue;
            var text = former is null ? $"+{entry!.Name} {entry.Revision}" : entry is null ? $"-{former.Name} {former.Revision}" : $"{entry.Name} {former.Revision}>{entry.Revision}";
            changes.Add(((entry ?? former)!.Name, id, text));
            if (entry is not null) cameIn.Add((id, Guid.TryParseExact(id, "D", out var key) ? _revisers.GetValueOrDefault((key, entry.Revision)) : null));
        }

        changes.Sort((a, b) => NamesOfTheTime.ByBytes(a.Name, b.Name) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id));
        var known = cameIn.Select(one => one.Reviser).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        known.Sort(NamesOfTheTime.ByBytes);
        var all = cameIn.TrueForAll(one => one.Reviser is not null || (fromTheBeginning && !IsOpen(one.Id)));
        return result with
        {
            Difference = string.Join("; ", changes.Select(change => change.Text)),
            Revisers = all ? known : null,
            OtherReviser = Judged(result.Event.Actor, known) is var judged && (all || judged == "no") ? judged : null,
        };
    }

    /// <summary>Two actors that were redacted may be one person or two.</summary>
    private static string Judged(string deployer, List<string> revisers) =>
        deployer != Redactions.Marker && revisers.Contains(deployer) ? "no"
        : revisers.Contains(Redactions.Marker) || (deployer == Redactions.Marker && revisers.Count > 0) ? "unknown"
        : "yes";

    private bool IsOpen(string id) => Guid.TryParseExact(id, "D", out var key) && _open.Contains(key);
}

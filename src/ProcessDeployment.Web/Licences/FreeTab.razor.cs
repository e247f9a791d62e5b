using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Licences;

/// <summary>Which Processes to detach from where, to have so many licences more.</summary>
public sealed partial class FreeTab : LiveComponent
{
    private const int Most = 100;
    private const int MostPages = 200;
    private const int AtOnce = 500;
    private const int Shows = 25;
    private (ConnectorClass, Classification, int)? _asked;

    [SupplyParameterFromQuery]
    private string? Class { get; set; }

    [SupplyParameterFromQuery]
    private string? For { get; set; }

    [SupplyParameterFromQuery(Name = "count")]
    private string? CountAsked { get; set; }

    private int? Count => Asked.Count(CountAsked);

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private Advice? Shown { get; set; }

    private ConnectorClass Of => LicencesAddress.Read<ConnectorClass>(Class) ?? ConnectorClass.Standard;

    private Classification Classification => LicencesAddress.Read<Classification>(For) ?? Classification.Production;

    private int Wanted => Math.Clamp(Count ?? 1, 1, Most);

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == (Of, Classification, Wanted)) return;
        _asked = (Of, Classification, Wanted);
        await LoadAsync();
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var asked = _asked;
        var licences = await Api.LicencesAsync(cancellation);
        var pool = licences.Pools.Single(pool => pool.Class == Of && pool.Classification == Classification);
        var places = await AtomPlaces.LoadAsync(Api, pool.Connections.Select(connection => connection.AtomId).ToHashSet(), cancellation);
        List<HeldPair> pairs = [.. pool.Connections.Select(connection => new HeldPair(connection.ComponentId, connection.Name, connection.AtomId, places.Of(connection.AtomId).Id, connection.ProcessIds))];
        var processes = await ProcessesAsync(pairs.Where(pair => pair.ProcessIds.Count <= Freeing.MostProcesses).SelectMany(pair => pair.ProcessIds).ToHashSet(), cancellation);
        var freeing = new Freeing(pairs, processes.ToDictionary(process => process.Key, process => process.Value.DeployedAt));
        var ways = freeing.Ways();
        var together = freeing.Together(ways, Wanted);
        if (asked != _asked) return;
        Shown = new(pool with { Connections = [] }, [.. together.Select(ToLine)], freeing.FreedBy(together), [.. ways.Take(Shows).Select(ToLine)], ways.Count, licences.Position);

        WayLine ToLine(Way way) => new(
            places.Of(way.Freed[0].AtomId).Name, [.. way.ProcessIds.Select(id => new ProcessName(id, processes.GetValueOrDefault(id).Name ?? "a Process")).OrderBy(process => process.Name, StringComparer.OrdinalIgnoreCase)],
            [.. way.Freed.Select(pair => (pair.Name, places.NameOf(pair.AtomId)))], way.DeployedAt);
    }

    /// <summary>One by one where there are few; otherwise it is quicker to go through the list.</summary>
    private async Task<Dictionary<Guid, (string Name, DateTimeOffset DeployedAt)>> ProcessesAsync(HashSet<Guid> processIds, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, (string, DateTimeOffset)>();
        void Add(ProcessItem process) => found[process.ProcessId] = (process.Name, process.DeployedAt ?? DateTimeOffset.MinValue);
        if (processIds.Count <= Most)
        {
            foreach (var processId in processIds) Add(await Api.ProcessAsync(processId, cancellation));
            return found;
        }

        for (var page = 0; page < MostPages && found.Count < processIds.Count; page++)
        {
            var part = await Api.ProcessesAsync(new(), page * AtOnce, AtOnce, cancellation);
            foreach (var process in part.Items.Where(process => processIds.Contains(process.ProcessId))) Add(process);
            if (part.Items.Count < AtOnce) break;
        }

        return found;
    }

    private void Choose(string name, object? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value as string), replace: true);

    /// <summary>What is shown.</summary>
    /// <param name="Pool">The pool it is about.</param>
    /// <param name="Together">What frees as many as were asked for.</param>
    /// <param name="Freed">How many that frees.</param>
    /// <param name="Ways">The first of all single steps.</param>
    /// <param name="Total">How many single steps there are.</param>
    /// <param name="Position">The position of the account this was judged at.</param>
    private sealed record Advice(LicencePool Pool, IReadOnlyList<WayLine> Together, int Freed, IReadOnlyList<WayLine> Ways, int Total, long Position);

    /// <summary>Processes to detach from a place, and what that frees.</summary>
    public sealed record WayLine(string Place, IReadOnlyList<ProcessName> Processes, IReadOnlyList<(string Connection, string Atom)> Freed, DateTimeOffset DeployedAt);
}

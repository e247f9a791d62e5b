using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Layout;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Licences;

/// <summary>Which connection takes a licence on which Atom, and which Processes there need it.</summary>
public sealed partial class HoldersTab : LiveComponent
{
    private const int AtOnce = 50;
    private const int Few = 3;
    private int _wanted = AtOnce;
    private HolderFilter? _filter;

    [SupplyParameterFromQuery]
    private string? Class { get; set; }

    [SupplyParameterFromQuery]
    private string? For { get; set; }

    [SupplyParameterFromQuery(Name = "atom")]
    private string? AtomAsked { get; set; }

    private Guid? Atom => Asked.Id(AtomAsked);

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [PersistentState]
    public Holders? Kept { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private Holders? Shown { get; set; }

    private HolderFilter Filter => new(LicencesAddress.Read<ConnectorClass>(Class), LicencesAddress.Read<Classification>(For), Atom, string.IsNullOrWhiteSpace(Text) ? null : Text);

    protected override async Task OnParametersSetAsync()
    {
        if (_filter == Filter) return;
        (var isFirst, _filter, _wanted) = (_filter is null, Filter, AtOnce);
        if (isFirst) Shown = Kept;
        if (!isFirst || Shown is null) await LoadAsync();
        if (isFirst) Kept = Shown;
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var asked = Filter;
        var licences = await Api.LicencesAsync(cancellation);
        var pairs = licences.Pools
            .Where(pool => (asked.Class is null || pool.Class == asked.Class) && (asked.Classification is null || pool.Classification == asked.Classification))
            .SelectMany(pool => pool.Connections.Select(connection => (Pool: pool, Connection: connection))).ToList();
        var places = await AtomPlaces.LoadAsync(Api, pairs.Select(pair => pair.Connection.AtomId).ToHashSet(), cancellation);
        var fitting = pairs.Where(pair => (asked.AtomId is null || pair.Connection.AtomId == asked.AtomId)
            && (asked.Text is null || pair.Connection.Name.Contains(asked.Text.Trim(), StringComparison.OrdinalIgnoreCase))).ToList();
        var shown = fitting.Take(_wanted).ToList();
        var names = await NamesAsync(shown.SelectMany(pair => pair.Connection.ProcessIds.Take(Few)).Distinct(), cancellation);
        if (asked != Filter) return;
        Shown = new(
            [.. shown.Select(pair => new Holder(
                pair.Connection.ComponentId, pair.Connection.Name, pair.Pool.Class, pair.Pool.Classification, pair.Connection.AtomId, places.NameOf(pair.Connection.AtomId),
                [.. pair.Connection.ProcessIds.Take(Few).Select(id => new ProcessName(id, names.GetValueOrDefault(id) ?? "a Process"))], pair.Connection.ProcessIds.Count))],
            fitting.Count,
            [.. places.Names.Select(name => new AtomName(name.Key, name.Value)).OrderBy(atom => atom.Name, StringComparer.OrdinalIgnoreCase).Take(Holders.MostAtoms)]);
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(IEnumerable<Guid> processIds, CancellationToken cancellation)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var ids in processIds.Chunk(Limits.Ids))
        {
            foreach (var item in (await Api.ComponentsAsync(ids, cancellation)).Items) names[item.ComponentId] = item.Name;
        }

        return names;
    }

    private Task MoreAsync()
    {
        _wanted += AtOnce;
        return LoadAsync();
    }

    private void Narrow(HolderFilter filter) => Navigation.GoTo(LicencesAddress.Of(LicencesAddress.Holders, filter), replace: true);

    /// <summary>What is shown.</summary>
    /// <param name="Lines">As many as were asked for.</param>
    /// <param name="Total">How many there are.</param>
    /// <param name="Atoms">The Atoms to choose from.</param>
    public sealed record Holders(IReadOnlyList<Holder> Lines, int Total, IReadOnlyList<AtomName> Atoms)
    {
        public const int MostAtoms = 500;
    }

    /// <summary>A connection on an Atom, with the first of the Processes that need it there.</summary>
    public sealed record Holder(
        Guid ComponentId, string Name, ConnectorClass Class, Classification Classification, Guid AtomId, string AtomName, IReadOnlyList<ProcessName> Processes, int ProcessCount);
}

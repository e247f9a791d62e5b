using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Impact;

/// <summary>Which Processes use a component, which are bold because of it, and on which Atoms it runs at which revision.</summary>
public sealed partial class UsedTab : LiveComponent
{
    private const int AtOnce = 50;
    private const int Most = 500;
    private const int MostKept = 200;
    private const int Few = 3;
    private int _wanted = AtOnce;
    private int _wantedAtoms = AtOnce;
    private bool? _shownBold;

    [Parameter, EditorRequired]
    public ComponentAnswer Component { get; set; } = null!;

    /// <summary>What the server put into the page, unless that is much: the page sends it back when it comes alive.</summary>
    [PersistentState]
    public Uses? Kept { get; set; }

    /// <summary>Only Processes that are bold because of it.</summary>
    [SupplyParameterFromQuery(Name = "bold")]
    private string? BoldAsked { get; set; }

    private bool? Bold => Asked.Flag(BoldAsked);

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private Uses? Shown { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shownBold == (Bold == true)) return;
        (var isFirst, _shownBold, _wanted) = (_shownBold is null, Bold == true, AtOnce);
        if (isFirst) Shown = Kept;
        if (!isFirst || Shown is null) await LoadAsync();
        if (isFirst) Kept = Shown?.Size <= MostKept ? Shown : null;
    }

    protected override bool Concerns(Change change) => change.Stream is not null;

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var (lines, next, isBold) = (new List<UseLine>(), (string?)null, Bold == true);
        ImpactAnswer impact;
        do
        {
            impact = await Api.ImpactAsync(Component.ComponentId, next, isBold ? Most : AtOnce, cancellation);
            lines.AddRange(impact.Items.Select(item => UseLine.Of(item, Component.ComponentId)).Where(line => !isBold || line.Because is not null));
            next = impact.Next;
        }
        while (next is not null && lines.Count < _wanted);
        var skew = await Api.SkewAsync(Component.ComponentId, take: Most, cancellation: cancellation);
        var environments = await Api.EnvironmentsAsync(cancellation);
        Shown = new(lines, next is not null, impact.Atoms, skew.Items, impact.ReferencedBy, impact.ReferencedByCount, environments.Enabled);
    }

    private Task MoreAsync()
    {
        _wanted += AtOnce;
        return LoadAsync();
    }

    private void OnlyBold(ChangeEventArgs change) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("bold", change.Value is true ? true : null), replace: true);
}

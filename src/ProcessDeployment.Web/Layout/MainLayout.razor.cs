using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Layout;

/// <summary>What all pages share: the way to each, colours, and the moment that is looked at.</summary>
public sealed partial class MainLayout
{
    private const string AccessPage = "/access";

    private static readonly (string Name, string Address)[] Pages =
    [
        ("Deploy", "/deploy"),
        ("Atom Management", "/atoms"),
        ("Impact", "/components"),
        ("Licences", "/licences"),
        ("Audit", "/audit"),
        ("Access", AccessPage),
        ("Operations", "/operations"),
    ];

    private ErrorBoundary? _boundary;
    private IDisposable? _leaving;
    private bool? _isDark;
    private bool _looksBack;
    private string? _name;
    private string? _account;

    /// <summary>What whoever looks at it may do; null where the engine does not say.</summary>
    [PersistentState]
    public OwnAccess? Kept { get; set; }

    [CascadingParameter(Name = "StartsDark")]
    private bool StartsDark { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private EngineApi Api { get; set; } = null!;

    [Inject]
    private SignedIn Who { get; set; } = null!;

    /// <summary>Nobody is shown the way to what would only say that it is not for them.</summary>
    private bool MayReadAccess => Kept?.HoldsSomewhere(Privilege.AuditRead) is true;

    private bool IsDark => _isDark ?? StartsDark;

    /// <summary>With the address of the page: its base is the root.</summary>
    private string SkipTo => $"{new Uri(Navigation.Uri).PathAndQuery}#content";

    public void Dispose()
    {
        _leaving?.Dispose();
        Navigation.LocationChanged -= Arrive;
    }

    protected override void OnInitialized()
    {
        Api.AsOf = PastAddress.MomentOf(Navigation.Uri);
        Navigation.LocationChanged += Arrive;
        _leaving = Navigation.RegisterLocationChangingHandler(StayInThePastAsync);
    }

    protected override async Task OnInitializedAsync()
    {
        (_name, _account) = (await Who.NameAsync(), await Who.AccountAsync());
        try
        {
            Kept ??= await Api.OwnAccessAsync();
        }
        catch (EngineException)
        {
            // The page itself says why nothing is shown.
        }
    }

    /// <summary>Links need not know which moment is looked at: it comes with them.</summary>
    private ValueTask StayInThePastAsync(LocationChangingContext leaving)
    {
        // Not who goes back or forward: they want where they were.
        if (!leaving.IsNavigationIntercepted || PastAddress.Kept(Navigation.ToAbsoluteUri(leaving.TargetLocation).ToString(), Api.AsOf) is not { } kept) return ValueTask.CompletedTask;
        leaving.PreventNavigation();
        Navigation.NavigateTo(kept);
        return ValueTask.CompletedTask;
    }

    private void Arrive(object? sender, LocationChangedEventArgs arrived)
    {
        _boundary?.Recover();
        if (PastAddress.MomentOf(arrived.Location) is var moment && moment == Api.AsOf) return;
        Api.AsOf = moment;
        StateHasChanged();
    }

    private async Task ToggleAsync()
    {
        _isDark = !IsDark;
        await Script.InvokeVoidAsync("pd.theme", _isDark.Value ? "dark" : "light");
    }

    private void Recover() => _boundary?.Recover();
}

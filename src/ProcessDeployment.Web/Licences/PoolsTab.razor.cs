using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Licences;

/// <summary>How many licences there are, how many are used, and how many would be if all that is revised were deployed.</summary>
public sealed partial class PoolsTab : LiveComponent
{
    private Submission _submission = null!;
    private Forecast? _forecast;

    [PersistentState]
    public LicencesAnswer? Kept { get; set; }

    private LicencesAnswer? Shown { get; set; }

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private bool IsStrict => Shown?.Mode == LicenceEnforcement.Strict;

    protected override async Task OnInitializedAsync()
    {
        (_submission, Shown) = (new(Api), Kept);
        if (Shown is null) await LoadAsync();
        Kept = Shown;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || IsPast) return;
        await TryAsync(ForeseeAsync);
        StateHasChanged();
    }

    /// <summary>What is planned asks for a preview of all that is revised.</summary>
    protected override TimeSpan Pace => TimeSpan.FromSeconds(10);

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var licences = await Api.LicencesAsync(cancellation);
        // Who holds them is another view; a page that is open must not hold it.
        Shown = licences with { Pools = [.. licences.Pools.Select(pool => pool with { Connections = [] })] };
        if (_forecast is not null) await ForeseeAsync();
    }

    /// <summary>What the bar of a pool is long for.</summary>
    private static int Scale(LicencePool pool, int planned) => Math.Max(1, Math.Max(pool.Purchased ?? 0, Math.Max(pool.Used, planned)));

    private async Task ForeseeAsync() => _forecast = await Forecast.LoadAsync(Api, Left);

    private int Planned(LicencePool pool) => _forecast?.Then(pool) ?? pool.Used;

    private async Task PurchaseAsync(ConnectorClass of)
    {
        var pools = Shown!.Pools.Where(pool => pool.Class == of).ToDictionary(pool => pool.Classification);
        var dialog = await Dialogs.ShowAsync<PurchaseDialog>($"Licences purchased, {Wording.Say.Of(of)}", new DialogParameters<PurchaseDialog>
        {
            { shown => shown.Production, pools[Classification.Production] }, { shown => shown.Test, pools[Classification.Test] },
        });
        if ((await dialog.Result)?.Data is not SetLicences command) return;
        var undo = new SetLicences { Class = of, Production = command.Production is null ? null : pools[Classification.Production].Purchased, Test = command.Test is null ? null : pools[Classification.Test].Purchased };
        // A pool that was never set cannot be taken back to that.
        var canUndo = (command.Production is null || undo.Production is not null) && (command.Test is null || undo.Test is not null);
        await _submission.SendAsync(command, $"{Wording.Say.Of(of)}: purchased is changed. Audits go by it from now on.", canUndo ? undo : null);
        await LoadAsync();
    }

    private async Task SwitchAsync()
    {
        var (now, then) = IsStrict ? (LicenceEnforcement.Strict, LicenceEnforcement.Tolerant) : (LicenceEnforcement.Tolerant, LicenceEnforcement.Strict);
        await _submission.SendAsync(new SetLicenceEnforcement { Mode = then }, IsStrict ? "More than was purchased is let through from now on, with a warning." : "Nothing beyond what was purchased is let through from now on.", new SetLicenceEnforcement { Mode = now });
        await LoadAsync();
    }
}

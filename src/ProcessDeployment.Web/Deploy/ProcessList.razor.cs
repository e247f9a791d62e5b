using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Deploy;

/// <summary>The Processes by name. The first are there with the page; the rest comes as it is scrolled to.</summary>
public sealed partial class ProcessList : LiveComponent
{
    private const int FirstRows = 40;
    private const int MostRows = 500;
    private Virtualize<ProcessLine>? _rows;
    private ProcessFilter? _shown;
    private long? _total;
    private bool _isReady;
    private EngineException? _rowsTrouble;
    private EnvironmentsAnswer? _environments;

    [Parameter, EditorRequired]
    public ProcessFilter Filter { get; set; } = new();

    [Parameter]
    public EventCallback<ProcessFilter> FilterChanged { get; set; }

    /// <summary>The Process that is looked at.</summary>
    [Parameter]
    public Guid? Chosen { get; set; }

    [Parameter]
    public string? Tab { get; set; }

    /// <summary>What the server put into the page, until the list has rows of its own.</summary>
    [PersistentState]
    public ListStart? First { get; set; }

    protected override Task OnInitializedAsync() => TryAsync(async () => _environments = WithoutAtoms(await Api.EnvironmentsAsync(Left)));

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter) return;
        var isFirst = _shown is null;
        _shown = Filter;
        if (!isFirst)
        {
            First = null;
            await LoadAsync();
            return;
        }

        if (First is null) await LoadFirstAsync();
        _total = First?.Total;
    }

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        First = null;
        if (_rows is not null) await _rows.RefreshDataAsync();
        else First = ListStart.Of(await Api.ProcessesAsync(Filter, 0, FirstRows, cancellation));
    }

    private async Task LoadFirstAsync()
    {
        await LoadAsync();
        if (First is not null) _total = First.Total;
    }

    private async Task RetryAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async ValueTask<ItemsProviderResult<ProcessLine>> RowsAsync(ItemsProviderRequest asked)
    {
        if (First is { } first && asked.StartIndex == 0 && (asked.Count <= first.Items.Count || first.Items.Count == first.Total)) return Ready(first.Items.Take(asked.Count), first.Total);
        try
        {
            var page = await Api.ProcessesAsync(Filter, asked.StartIndex, Math.Clamp(asked.Count, 1, MostRows), asked.CancellationToken);
            return Ready(page.Items.Select(ProcessLine.Of), page.Total);
        }
        catch (EngineException e)
        {
            // The rows wait; whatever changes or is scrolled to asks again.
            _rowsTrouble = e;
            _ = InvokeAsync(StateHasChanged);
            return new([], (int)(_total ?? 0));
        }
    }

    private ItemsProviderResult<ProcessLine> Ready(IEnumerable<ProcessLine> items, long? total)
    {
        if (!_isReady || _total != total || _rowsTrouble is not null) _ = InvokeAsync(ShowAsync);
        return new(items, (int)Math.Min(total ?? 0, int.MaxValue));

        // Once these rows are there, so that nothing is blank between the first ones and these.
        async Task ShowAsync()
        {
            await Task.Yield();
            (_isReady, _total, _rowsTrouble) = (true, total, null);
            StateHasChanged();
        }
    }

    private Task Find(string? text) => NarrowAsync(Filter with { Text = string.IsNullOrWhiteSpace(text) ? null : text });

    private Task OnlyRevised(ChangeEventArgs change) => NarrowAsync(Filter with { Revised = change.Value is true ? true : null });

    /// <summary>Their names will do.</summary>
    private static EnvironmentsAnswer WithoutAtoms(EnvironmentsAnswer environments) => environments with { Items = [.. environments.Items.Select(environment => environment with { Atoms = [] })] };

    private Task OnlyIn(ChangeEventArgs change) => NarrowAsync(Filter with { EnvironmentId = Guid.TryParse(change.Value as string, out var environmentId) ? environmentId : null });

    private Task NarrowAsync(ProcessFilter filter) => FilterChanged.InvokeAsync(filter);

    /// <summary>The first rows, and how many there are in all.</summary>
    public sealed record ListStart(IReadOnlyList<ProcessLine> Items, long Total)
    {
        public static ListStart Of(Listed<ProcessItem> page) => new([.. page.Items.Select(ProcessLine.Of)], page.Total ?? 0);
    }
}

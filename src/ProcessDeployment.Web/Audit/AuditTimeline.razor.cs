using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Audit;

/// <summary>What happened, newest first. What happens meanwhile is announced, and moves nothing of what is read until it is wanted.</summary>
public sealed partial class AuditTimeline : LiveComponent
{
    private const int AtOnce = 50;

    /// <summary>An open page must not hold a whole history: beyond that another address goes on.</summary>
    private const int MostLines = 500;
    private List<AuditLine>? _lines;
    private IReadOnlyList<AuditLine> _fresh = [];
    private bool _isMoreFresh;
    private bool _isLoading;
    private string? _next;
    private AuditFilter? _shown;

    [Parameter, EditorRequired]
    public AuditFilter Filter { get; set; } = new();

    /// <summary>What the server put into the page.</summary>
    [PersistentState]
    public AuditStart? Kept { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter) return;
        var isFirst = _shown is null;
        (_shown, _lines, _fresh, _next) = (Filter, null, [], null);
        if (isFirst && Kept is { } kept) (_lines, _next) = ([.. kept.Lines], kept.Next);
        else await LoadAsync();
        Kept = isFirst && _lines is { } lines ? new([.. lines], _next) : null;
    }

    /// <summary>The first time what there is, later what came.</summary>
    protected override bool Concerns(Change change) => true;

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var filter = Filter;
        var page = await Api.AuditAsync(filter, cursor: null, AtOnce, cancellation);
        if (filter != Filter) return;
        var first = page.Items.Select(AuditLine.Of).ToList();
        if (_lines is not { Count: > 0 } shown)
        {
            (_lines, _next) = (first, page.Next);
            return;
        }

        var top = shown[0].Key;
        _fresh = [.. first.TakeWhile(line => line.Key != top)];
        _isMoreFresh = _fresh.Count == AtOnce;
    }

    private void ShowFresh()
    {
        if (_isMoreFresh)
        {
            // Between them and what is shown there may be more: begin again at the top.
            _lines = null;
            _ = InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            });
        }
        else
        {
            _lines?.InsertRange(0, _fresh);
        }

        (_fresh, _isMoreFresh) = ([], false);
    }

    private async Task OlderAsync()
    {
        _isLoading = true;
        var (filter, lines) = (Filter, _lines);
        await TryAsync(async () =>
        {
            var page = await Api.AuditAsync(filter, _next, AtOnce, Left);
            if (filter != Filter || lines != _lines) return;
            _lines!.AddRange(page.Items.Select(AuditLine.Of));
            _next = page.Next;
        });
        _isLoading = false;
    }

    /// <summary>The first lines, and where older ones begin.</summary>
    public sealed record AuditStart(IReadOnlyList<AuditLine> Lines, string? Next);
}

using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Live;
using ProcessDeployment.Web.Wording;

namespace ProcessDeployment.Web.Impact;

/// <summary>The components by name. The first are there with the page; more come when they are asked for.</summary>
public sealed partial class ComponentList : LiveComponent
{
    private const int FirstRows = 40;
    private const int AtOnce = 100;
    private const int Most = 500;

    /// <summary>To choose from before there are rows; any other can be typed.</summary>
    private static readonly string[] Known = [ComponentTypes.Process, ComponentTypes.Connection, "connector-action", "transform.map", "profile.xml", "profile.json", "processproperty", "crossref", "tradingpartner"];

    private int _wanted = FirstRows;
    private ComponentFilter? _filter;

    [Parameter, EditorRequired]
    public ComponentFilter Filter { get; set; } = new();

    [Parameter]
    public EventCallback<ComponentFilter> FilterChanged { get; set; }

    /// <summary>The component that is looked at.</summary>
    [Parameter]
    public Guid? Chosen { get; set; }

    [Parameter]
    public string? Tab { get; set; }

    /// <summary>What the server put into the page.</summary>
    [PersistentState]
    public Rows? Kept { get; set; }

    private Rows? Shown { get; set; }

    private IReadOnlyList<ComponentLine> Lines => Shown?.Lines ?? [];

    private IEnumerable<string> Types => Lines.Select(line => line.Type).Union(Known).Order(StringComparer.Ordinal);

    private IEnumerable<string> Folders => Lines.Select(line => line.Folder).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    private string CountText => Shown is not { } shown ? ""
        : shown.HasMore ? $"The first {Say.Count(shown.Lines.Count, "component")}" : $"{Say.Count(shown.Lines.Count, "component")}{(Filter.IsNone ? "" : " found")}";

    protected override async Task OnParametersSetAsync()
    {
        if (_filter == Filter) return;
        (var isFirst, _filter, _wanted) = (_filter is null, Filter, FirstRows);
        Shown = isFirst ? Kept : Shown;
        if (!isFirst || Shown is null) await LoadAsync();
        if (isFirst) Kept = Shown;
    }

    protected override bool Concerns(Change change) => change.ComponentId is not null;

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var (asked, lines, next) = (Filter, new List<ComponentLine>(), (string?)null);
        do
        {
            var page = await Api.ComponentsAsync(asked, next, Math.Min(_wanted - lines.Count, Most), cancellation);
            lines.AddRange(page.Items.Select(ComponentLine.Of));
            next = page.Next;
        }
        while (next is not null && lines.Count < _wanted);
        // Meanwhile another may have been asked for.
        if (asked == Filter) Shown = new(lines, next is not null);
    }

    private static string? Given(ChangeEventArgs change) => change.Value is string { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private Task MoreAsync()
    {
        _wanted = Math.Min(Lines.Count + AtOnce, Most);
        return LoadAsync();
    }

    private Task Find(string? text) => NarrowAsync(Filter with { Text = string.IsNullOrWhiteSpace(text) ? null : text });

    private Task NarrowAsync(ComponentFilter filter) => FilterChanged.InvokeAsync(filter);

    /// <summary>The rows that were asked for, and whether there are more.</summary>
    public sealed record Rows(IReadOnlyList<ComponentLine> Lines, bool HasMore);
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Live;
using ProcessDeployment.Web.Wording;

namespace ProcessDeployment.Web.Layout;

/// <summary>The way through the history of the account: whatever page is open shows the moment that is chosen here.</summary>
public sealed partial class PastBar : LiveComponent
{
    /// <summary>So long nothing must move before anything is asked: who drags passes hundreds of moments.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);
    private AuditedChange? _peek;
    private string? _loadedFor;
    private long? _dragged;
    private int _moves;

    /// <summary>The moment, a position or a time; null for now.</summary>
    [Parameter, EditorRequired]
    public string? AsOf { get; set; }

    /// <summary>Shown although it is now.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [PersistentState]
    public PastMoment? Kept { get; set; }

    private PastMoment? Shown { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsShown => IsOpen || AsOf is not null;

    private long Head => Shown?.Head ?? 0;

    private long Chosen => _dragged ?? Shown?.Position ?? Head;

    /// <summary>Where the moment is a time and not a position.</summary>
    private DateTimeOffset? TimeAsked => AsOf is not null && !long.TryParse(AsOf, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && DateTimeOffset.TryParse(AsOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    protected override void OnInitialized() => Navigation.LocationChanged += Follow;

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Follow;
        base.Dispose(disposing);
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = IsShown ? AsOf ?? "" : null;
        if (wanted == _loadedFor) return;
        _loadedFor = wanted;
        (_dragged, _peek) = (null, null);
        if (wanted is null) return;
        if (Kept is { } kept && kept.AsOf == AsOf) (Shown, Kept) = (kept, null);
        else await LoadAsync();
        if (!RendererInfo.IsInteractive) Kept = Shown;
    }

    protected override bool Concerns(Change change) => IsShown;

    protected override async Task RefreshAsync(CancellationToken cancellation)
    {
        var (asOf, head) = (AsOf, await Api.HeadAsync(cancellation));
        var position = asOf is null ? head : await Api.PositionAtAsync(asOf, cancellation);
        var change = asOf is null || position == 0 ? null : await Api.AnyChangeAsync(position, cancellation);
        // Meanwhile another moment may have been chosen, which asks for itself.
        if (asOf == AsOf) Shown = new(asOf, head, position, change?.Time, change is null ? null : Say.Of(change));
    }

    /// <summary>The way back to now is that of the page that is open.</summary>
    private void Follow(object? sender, LocationChangedEventArgs arrived) => StateHasChanged();

    /// <summary>While it is dragged: only what is written beside it follows, and once it rests what happened there.</summary>
    private async Task LookAsync(ChangeEventArgs moved)
    {
        if (!Read(moved)) return;
        var (move, left) = (++_moves, Left);
        await Task.Delay(Rest);
        if (move == _moves) await TryAsync(async () => _peek = await Api.AnyChangeAsync(Chosen, left));
    }

    private Task ChooseAsync(ChangeEventArgs moved) => Read(moved) ? GoAsync(Chosen) : Task.CompletedTask;

    /// <summary>Keys that are held down choose many times.</summary>
    private async Task GoAsync(long position)
    {
        _dragged = Math.Clamp(position, 1, Head);
        var move = ++_moves;
        await Task.Delay(Rest);
        if (move == _moves) GoTo(_dragged == Head ? null : _dragged?.ToString(CultureInfo.InvariantCulture));
    }

    private void GoToTime(DateTimeOffset? time)
    {
        if (time is { } moment) GoTo(moment > DateTimeOffset.UtcNow ? null : moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>In place of the moment before: whoever goes back wants to come to the page, not through all he looked at.</summary>
    private void GoTo(string? moment)
    {
        _dragged = null;
        if (moment != AsOf) Navigation.NavigateTo(PastAddress.At(Navigation.Uri, moment), replace: AsOf is not null);
    }

    private bool Read(ChangeEventArgs moved)
    {
        if (!long.TryParse(moved.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return false;
        _dragged = position;
        return true;
    }

    /// <summary>What is known of the moment that is looked at.</summary>
    /// <param name="AsOf">How it was asked for; null for now.</param>
    /// <param name="Head">How far the account was when it was looked up.</param>
    /// <param name="Position">The last change that had happened.</param>
    /// <param name="Time">When that was.</param>
    /// <param name="Words">What that was.</param>
    public sealed record PastMoment(string? AsOf, long Head, long Position, DateTimeOffset? Time, string? Words);
}

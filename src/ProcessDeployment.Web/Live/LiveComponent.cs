using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using ProcessDeployment.Client;

namespace ProcessDeployment.Web.Live;

/// <summary>
/// A part of a page that shows what others do without being asked: at once, and when much happens, as often as a person can
/// follow. What is being typed or chosen in it stays.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly CancellationToken _leaves;
    private IDisposable? _listening;
    private long _refreshedAt;
    private int _due;
    private bool _isLoaded;

    protected LiveComponent() => _leaves = _left.Token;

    /// <summary>How often at most it asks again.</summary>
    protected virtual TimeSpan Pace => TimeSpan.FromMilliseconds(700);

    [Inject]
    private protected LiveChanges Changes { get; set; } = null!;

    [Inject]
    protected EngineApi Api { get; set; } = null!;

    /// <summary>Why nothing is shown, or nothing newer; null while all is well.</summary>
    protected EngineException? Trouble { get; set; }

    /// <summary>What is shown was, and does not change any more.</summary>
    protected bool IsPast => Api.AsOf is not null;

    /// <summary>Why nothing can be done here, whatever else there is; null when something can.</summary>
    protected string? WhyNotNow => IsPast ? "This is how it was: go back to now to change something." : RendererInfo.IsInteractive ? null : "Getting ready…";

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Left => _leaves;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _listening?.Dispose();
        _left.Cancel();
        _left.Dispose();
    }

    /// <summary>Asks again for what is shown.</summary>
    protected abstract Task RefreshAsync(CancellationToken cancellation);

    /// <summary>Whether a change may concern what is shown. Runs come and go all day; who shows them says so.</summary>
    protected virtual bool Concerns(Change change) => !IsOfRuns(change);

    protected static bool IsOfRuns(Change change) => change.Stream?.StartsWith("execution/", StringComparison.Ordinal) == true;

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        _listening = Changes.Listen(Heard);
        // What the server put into the page may be older than what is listened to from now on.
        if (!_isLoaded) Follow();
    }

    protected Task LoadAsync() => TryAsync(() => RefreshAsync(Left));

    /// <summary>Asks something, and keeps what went wrong to be shown instead of failing the page.</summary>
    protected async Task TryAsync(Func<Task> ask)
    {
        if (_leaves.IsCancellationRequested) return;
        _isLoaded = true;
        try
        {
            await ask();
            Trouble = null;
        }
        catch (EngineException e)
        {
            Trouble = e;
        }
        catch (OperationCanceledException) when (_leaves.IsCancellationRequested)
        {
            // They went elsewhere.
        }
    }

    private void Heard(Change change)
    {
        if (IsPast || !Concerns(change)) return;
        Api.MustContain(change.Position);
        Follow();
    }

    private void Follow()
    {
        if (Interlocked.Exchange(ref _due, 1) == 0) _ = InvokeAsync(FollowAsync);
    }

    private async Task FollowAsync()
    {
        var token = _leaves;
        if (token.IsCancellationRequested) return;
        var wait = _refreshedAt == 0 ? TimeSpan.Zero : Pace - Stopwatch.GetElapsedTime(_refreshedAt);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Volatile.Write(ref _due, 0);
        if (token.IsCancellationRequested) return;
        _refreshedAt = Stopwatch.GetTimestamp();
        await LoadAsync();
        StateHasChanged();
    }
}

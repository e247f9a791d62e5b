using ProcessDeployment.Client;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Operations;

/// <summary>A part of a page about the engine's own work, of which no change tells: it is asked again and again while it is looked at.</summary>
public abstract class PolledComponent : LiveComponent
{
    /// <summary>What went wrong with what was done here, until the next is done.</summary>
    protected EngineException? Failed { get; private set; }

    protected bool IsActing { get; private set; }

    /// <summary>How long to wait before asking again: what the engine is at makes no changes that could be listened to.</summary>
    protected override TimeSpan Pace => TimeSpan.FromSeconds(4);

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override bool Concerns(Change change) => false;

    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (firstRender) _ = InvokeAsync(() => PollAsync(Left));
    }

    /// <summary>Does something, says what went wrong, and shows what there is then.</summary>
    protected async Task ActAsync(Func<CancellationToken, Task> act)
    {
        if (IsActing) return;
        (IsActing, Failed) = (true, null);
        var left = Left;
        try
        {
            await act(left);
        }
        catch (EngineException e)
        {
            Failed = e;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            IsActing = false;
        }

        if (!left.IsCancellationRequested) await LoadAsync();
    }

    private async Task PollAsync(CancellationToken left)
    {
        while (true)
        {
            await Task.Delay(Pace, left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (left.IsCancellationRequested) return;
            await LoadAsync();
            if (left.IsCancellationRequested) return;
            StateHasChanged();
        }
    }
}

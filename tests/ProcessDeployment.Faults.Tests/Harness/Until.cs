namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>Waits for a condition, within the one time limit of these tests unless the work itself is long.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> otherwise, TimeSpan? atMost = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(atMost ?? Limit);
        try
        {
            while (!await condition()) await timer.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException(otherwise(), e);
        }
    }
}

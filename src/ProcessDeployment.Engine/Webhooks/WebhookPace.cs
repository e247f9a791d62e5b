namespace ProcessDeployment.Engine.Webhooks;

/// <summary>How often webhooks are tried, and for how long.</summary>
/// <param name="Look">Between two looks for what is due.</param>
/// <param name="Patience">With an address that does not answer.</param>
/// <param name="First">Before the second attempt; twice as long before each further one.</param>
/// <param name="Longest">Between two attempts.</param>
/// <param name="Attempts">After so many a delivery is a dead letter.</param>
internal sealed record WebhookPace(TimeSpan Look, TimeSpan Patience, TimeSpan First, TimeSpan Longest, int Attempts)
{
    /// <summary>Given up after about two days.</summary>
    public static WebhookPace Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromHours(6), 20);

    /// <summary>How long to wait after so many attempts.</summary>
    public TimeSpan After(int attempts) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempts - 1, 20)));
}

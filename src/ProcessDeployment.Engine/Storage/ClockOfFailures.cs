namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// By which the daemon says since when a projection lies there failed: a year ago. It is started again once that is long enough
/// ago by the clock of the machine; one that was wrong by days and was set right would leave it lying for these days.
/// </summary>
internal sealed class ClockOfFailures : TimeProvider
{
    private static readonly TimeSpan Behind = TimeSpan.FromDays(365);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
}

namespace ProcessDeployment.Engine.Homes;

/// <summary>A database with the engines that serve it. An account is at home in one of them at a time.</summary>
/// <param name="Name">As configured: 1 to 63 lower-case letters, digits or dashes.</param>
/// <param name="Url">Where its engines, or their balancer, are reached from the other homes.</param>
/// <param name="Accounts">The accounts that it has from the start. One that was moved is where it was moved to, whatever stands here.</param>
public sealed record Home(string Name, Uri Url, IReadOnlyList<string> Accounts)
{
    /// <summary>The name of the home that was the only one before there were others: its queues on the broker have no other names.</summary>
    public const string First = "main";
}

namespace ProcessDeployment.Engine.Homes;

/// <summary>An account takes no commands in this home: it is leaving for another, or has left. Nothing was stored, and the id of the command is free.</summary>
/// <param name="accountId">The account.</param>
/// <param name="home">The other home: where it goes, is, or comes from.</param>
public sealed class AccountAwayException(string accountId, string home)
    : Exception($"The account {accountId} takes no commands in this home: it is at home in {home}, or about to be.")
{
    public string AccountId { get; } = accountId;

    public string Home { get; } = home;
}

namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>Whose dead letters somebody may see. Accounts see nothing of each other.</summary>
/// <param name="AccountId">Only those that name this account; null for those of all accounts, and Wolverine's own.</param>
/// <param name="Nobodys">Those too that name no account or one that does not exist, and Wolverine's own: they may be anybody's.</param>
public sealed record LettersOf(string? AccountId, bool Nobodys)
{
    /// <summary>For a person with the database in hand; never over HTTP.</summary>
    public static LettersOf Everybody { get; } = new(null, Nobodys: true);
}

namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>Whose dead letters somebody may see. Accounts see nothing of each other.</summary>
/// <param name="AccountId">Those that name this account.</param>
/// <param name="Nobodys">Those too that name no account or one that does not exist, and Wolverine's own: they may be anybody's.</param>
public sealed record LettersOf(string AccountId, bool Nobodys);

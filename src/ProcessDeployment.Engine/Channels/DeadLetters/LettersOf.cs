namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>Whose dead letters somebody may see. Accounts see nothing of each other.</summary>
/// <param name="AccountId">Those that name this account.</param>
/// <param name="Nobodys">Those too that name no account, or one that did not exist when they came, and Wolverine's own: they may be anybody's.</param>
public sealed record LettersOf(string AccountId, bool Nobodys)
{
    /// <summary>
    /// Of <c>l</c>, a letter: whoever saw it because there was no such account must still see it when there is one, since only
    /// then it is of use to send it again.
    /// </summary>
    internal const string NobodysRow = "(l.status = 'unknown-account' or not exists (select from process_deployment.account a where a.account_id = l.account_id))";
}

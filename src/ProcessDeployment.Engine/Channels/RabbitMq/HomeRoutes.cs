using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Homes;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>Which home a command belongs to. All homes share the exchange, and each has queues of its own behind it.</summary>
internal sealed class HomeRoutes(HomeOptions options, Placement placement, AccountList accounts)
{
    /// <summary>The home whose queues these are; null where there are none.</summary>
    public string? Here => options.Name;

    /// <summary>The homes that there are.</summary>
    public IReadOnlyList<string> Homes { get; } = [.. options.All.Select(home => home.Name)];

    /// <summary>Whether an account takes no commands for the moment.</summary>
    public bool IsMoving(string accountId) => placement.IsMoving(accountId);

    /// <summary>Whether the queue of this home is the one for its commands: not while another home has it, and not before that has let it go.</summary>
    public bool TakesFor(string accountId) => placement.Elsewhere(accountId) is null && !placement.HasArrived(accountId);

    /// <summary>Looks again where accounts are.</summary>
    public Task RefreshAsync(CancellationToken cancellation) => placement.RefreshAsync(cancellation);

    /// <summary>
    /// The home to hand a command on to; null where it is judged here. What no queue is bound for comes to any home, and where
    /// that does not know the account the others are asked one after another.
    /// </summary>
    /// <param name="accountId">The account of the command.</param>
    /// <param name="isKnown">It is known already that the account is in this database.</param>
    /// <param name="asked">The homes that had it before.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<string?> NextAsync(string accountId, bool isKnown, IReadOnlyList<string> asked, CancellationToken cancellation)
    {
        if (options.All.Count == 0) return null;
        // Known, and not guessed: also to one that had it before, since accounts come back.
        if (placement.Elsewhere(accountId) is { } home) return home.Name;
        if (isKnown || await accounts.IsKnownAsync(accountId, cancellation)) return null;
        return options.All.Select(other => other.Name).FirstOrDefault(other => other != options.Name && !asked.Contains(other, StringComparer.Ordinal));
    }
}

using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Preview;

/// <summary>
/// What commands would do, each by itself, were it the next of its account. They are decided by what decides them when
/// they are sent, over what is looked up then; only nothing is locked and nothing is written.
/// </summary>
internal sealed class Foresight(Databases databases, AccessPictures pictures)
{
    /// <summary>What would become of each command, in order.</summary>
    /// <param name="accountId">The account of all of them.</param>
    /// <param name="commands">Well formed.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<Foreseen>> OfAsync(string accountId, IReadOnlyList<IncomingCommand> commands, CancellationToken cancellation)
    {
        if (commands.Count == 0) return [];
        var work = new AccountWork(accountId, commands);
        await using var connection = await databases.Previews.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var reading = new AccountReading(connection, [work], pictures);
        await reading.OpenAsync(begin: null, locking: "", cancellation);
        await reading.LearnAllAsync(cancellation);
        return [.. commands.Select(command => Of(command, work))];
    }

    private static Foreseen Of(IncomingCommand command, AccountWork work)
    {
        if (!work.Found) return new(work.Unknown(command), null, Account.Empty, 0);
        var id = command.Envelope.CommandId;
        if (work.Known.Contains(id)) return new(work.Known.Replay(command), null, work.Changes.Before, work.Changes.Position);
        var judged = work.Changes.Afresh().Judge(command);
        return new(judged.Outcome, judged.Decision, work.Changes.Before, work.Changes.Position);
    }
}

/// <summary>What would become of a command.</summary>
/// <param name="Outcome">The answer it would get; the first one, where its id has been used.</param>
/// <param name="Decision">Null for a command that would not be judged any more.</param>
/// <param name="Account">What was looked up of the account.</param>
/// <param name="Position">Where the account stands.</param>
internal sealed record Foreseen(Outcome Outcome, Decision? Decision, Account Account, long Position)
{
    public IReadOnlyList<DomainEvent> Events => Decision?.Events ?? [];
}

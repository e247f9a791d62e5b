using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Halting;

/// <summary>An operator takes it upon himself that an event is passed over. That is part of the history itself.</summary>
internal sealed class Skipping(Databases databases, IOperationsLog operations)
{
    /// <summary>Nothing is wrong any more: what was left out is caught up.</summary>
    private const string GoOn = """
        with over as (update process_deployment.halted_account set problem = null where account_id = $1 returning account_id)
        select pg_notify($2, account_id) from over
        """;

    /// <summary>The position of what was noted, or where the account is halted instead; null when it is not.</summary>
    public async Task<(long? Noted, HaltedAccount? Halted)> SkipAsync(string accountId, long position, string reason, string actor, CancellationToken cancellation)
    {
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var halted = (HaltedAccount?)null;
        await using (var look = new AccountBatch(connection, accountId))
        {
            // Held until it is noted: of two operators at once the second sees what the first did.
            look.Query(HaltedAccount.Locked, row => halted = HaltedAccount.Read(row));
            await look.RunAsync(cancellation);
        }

        // An event that is not there cannot be passed over: it has to be put back.
        if (halted is not { Problem: not null, Stream: not null, Type: not null } || halted.Position != position) return (null, halted);
        var noted = await operations.RecordAsync(
            accountId, actor, new EventSkipped { EventPosition = position, EventStream = halted.Stream, EventType = halted.Type, Reason = reason }, cancellation);
        await using var go = new AccountBatch(connection, accountId);
        go.Query(GoOn, static _ => { }, Parameters.Value(HaltedAccounts.Channel));
        await go.RunAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return (noted, null);
    }
}

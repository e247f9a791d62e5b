using Npgsql;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>What stands against a move: work on the account that would be cut in two, or read models that nobody could tell from those of the other home.</summary>
internal sealed class MovableAccount(RedactionHistory redactions)
{
    private const string Rebuild = "select job_id from process_deployment.rebuild_job where status = 'running' and (account_id is null or account_id = $1) limit 1";

    private const string Halted = "select position from process_deployment.halted_account where account_id = $1";

    /// <exception cref="MoveException">Something stands against it.</exception>
    public async Task DemandAsync(NpgsqlConnection connection, string accountId, CancellationToken cancellation)
    {
        var (rebuild, halted) = ((Guid?)null, (long?)null);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Rebuild, row => rebuild = row.GetGuid(0));
        batch.Query(Halted, row => halted = row.GetInt64(0));
        await batch.RunAsync(cancellation);
        if (rebuild is not null) throw MoveException.Conflict("rebuild-running", $"The rebuild {rebuild} is about this account and runs. Wait for it or cancel it.");
        if (halted is not null) throw MoveException.Conflict("account-halted", $"The read models of {accountId} stand still before position {halted}, and so would those of the other home. `halted` shows why.");
        if ((await redactions.LastAsync(accountId, cancellation)).IsUnderWay)
            throw MoveException.Conflict("redaction-under-way", $"Personal data was taken out of {accountId}, and not all that follows was built anew since. Wait for the rebuild, or begin one of everything.");
    }
}

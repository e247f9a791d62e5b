using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>Which accounts are held against their events: those of the list, and any other that tables or events know of.</summary>
internal sealed class AccountsOfProof(AccountList accounts, Databases databases)
{
    public async Task<IReadOnlyList<string>> ConcernedAsync(RebuildJob job, IEnumerable<TableProof> tables, CancellationToken cancellation)
    {
        if (job.AccountId is { } one) return [one];
        var known = await accounts.AllAsync(cancellation);
        return [.. known.Concat(await UnknownAsync(known, tables, cancellation)).Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> UnknownAsync(IReadOnlyList<string> known, IEnumerable<TableProof> tables, CancellationToken cancellation)
    {
        var named = tables.Select(proof => $"select account_id from process_deployment.{proof.Table} where account_id <> all($1)")
            .Prepend("select tenant_id from events.mt_streams where tenant_id <> all($1)");
        await using var command = databases.Shared.CreateCommand(string.Join(" union ", named));
        command.CommandTimeout = 0;
        command.Parameters.Add(Parameters.Array([.. known]));
        var unknown = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) unknown.Add(rows.GetString(0));
        return unknown;
    }
}

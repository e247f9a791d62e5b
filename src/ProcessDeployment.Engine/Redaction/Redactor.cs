using Npgsql;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Ledger;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Redaction;

/// <summary>
/// Takes personal data out of an event, with the owner's login: the engine's own may not. The leaf of the event in the ledger
/// stays what it was, since it is made of a hash of the body, and that hash is kept. That it was done is an event itself.
/// </summary>
internal sealed class Redactor(Databases databases, LedgerReader ledger, IOperationsLog operations)
{
    /// <summary>Stands where the data was.</summary>
    public const string Redacted = "redacted";

    private const string Find = $"""
        select encode(sha256(convert_to(e.data::text, 'UTF8')), 'hex'), array(select f from unnest($3) f where jsonb_typeof(e.data #> string_to_array(f, '.')) is distinct from 'string')
        from events.mt_events e where e.tenant_id = $1 and {LeafSql.Position} = $2
        """;

    private const string Note = "insert into process_deployment.redaction (account_id, position, data_hash) values ($1, $2, $3) on conflict do nothing";

    private const string TakeOut = $"""
        update events.mt_events e set data = jsonb_set(e.data, string_to_array($3, '.'), to_jsonb('{Redacted}'::text))
        where e.tenant_id = $1 and {LeafSql.Position} = $2
        """;

    /// <param name="accountId">The account.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="position">The event.</param>
    /// <param name="fields">Texts in its body, as paths such as <c>note</c> or <c>manifest.0.name</c>.</param>
    /// <param name="cancellation">Stops it; what was noted and not done is done by asking again.</param>
    /// <returns>What stands against it, with the member it is about; null when it is done.</returns>
    public async Task<(string Member, string Rule)?> RedactAsync(string accountId, string actor, long position, IReadOnlyList<string> fields, CancellationToken cancellation)
    {
        await using var owner = databases.OpenOwner();
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        if (await DatabaseRights.MayAlterHistoryAsync(owner, cancellation) is false) return ("eventPosition", "cannot be redacted: this engine was not given the login of the owner (ConnectionStrings__Owner)");
        (string Hash, string[] NoTexts)? found = null;
        await RunAsync(connection, accountId, batch => batch.Query(
            Find, row => found = (row.GetString(0), row.GetFieldValue<string[]>(1)), Parameters.Value(position), Parameters.Array([.. fields])), cancellation);
        if (found is not var (hash, noTexts)) return ("eventPosition", "must be the position of an event of this account");
        if (noTexts.Length > 0) return ("fields", $"must name texts in the event; {string.Join(", ", noTexts)} is none");
        if (await ledger.SizeAsync(accountId, cancellation) < position) return ("eventPosition", "must be sealed before anything is taken out; try again in a moment");

        await operations.RecordAsync(accountId, actor, new PersonalDataRedacted { EventPosition = position, Fields = fields, DataHash = hash }, cancellation);
        await RunAsync(
            connection, accountId,
            batch =>
            {
                batch.Control("begin");
                batch.Execute(Note, Parameters.Value(position), Parameters.Value(hash));
                foreach (var field in fields) batch.Execute(TakeOut, Parameters.Value(position), Parameters.Value(field));
                batch.Control("commit");
            },
            cancellation);
        return null;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string accountId, Action<AccountBatch> add, CancellationToken cancellation)
    {
        await using var batch = new AccountBatch(connection, accountId);
        add(batch);
        await batch.RunAsync(cancellation);
    }
}

namespace ProcessDeployment.Engine.Ledger.Storage;

/// <summary>
/// What is hashed of an event, as <c>eventschema/ledger.md</c> fixes it for ever. PostgreSQL does it where the event is: its
/// text of a jsonb value is the canonical one, and 32 bytes travel instead of the event.
/// </summary>
internal static class LeafSql
{
    /// <summary>The position of the event <c>e</c>, as its index has it.</summary>
    public const string Position = "(e.headers ->> 'position')::bigint";

    /// <summary>The canonical text of the event <c>e</c>.</summary>
    public const string Text =
        """
        concat(
            '["processdeployment-leaf/1", ', to_json(e.tenant_id), ', ', e.headers ->> 'position', ', ', to_json(e.stream_id), ', ', e.version, ', "', e.id, '", ',
            to_json(e.type), ', "', to_char(e.timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '", ', to_json(e.user_name), ', ',
            coalesce(to_json(e.correlation_id)::text, 'null'), ', ', coalesce(to_json(e.causation_id)::text, 'null'), ', "',
            encode(sha256(convert_to(e.headers::text, 'UTF8')), 'hex'), '", "', encode(sha256(convert_to(e.data::text, 'UTF8')), 'hex'), '"]')
        """;

    /// <summary>The hash of the event <c>e</c> as a leaf.</summary>
    public const string Hash = $@"sha256('\x00'::bytea || convert_to({Text}, 'UTF8'))";

    /// <summary>What is sealed of the event <c>e</c>: its hash, or what was sealed of it in another home before it was redacted there.</summary>
    public const string Sealed =
        $"coalesce((select o.leaf from process_deployment.original_leaf o where o.account_id = e.tenant_id and o.position = {Position}), {Hash})";
}

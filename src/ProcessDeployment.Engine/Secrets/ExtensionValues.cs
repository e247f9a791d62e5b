using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Secrets;

/// <summary>The values of the extensions of a Process for the Atom that runs it, secret ones too. For nobody else: people are told only that a secret is set.</summary>
internal sealed class ExtensionValues(Databases databases, SecretKeys keys)
{
    private const string Sql = """
        select d.key, v.value ->> 'value', (v.value ->> 'useDefault')::boolean, s.key_id, s.sealed
        from process_deployment.component_state c
        cross join lateral (
            select coalesce((
                select (e ->> 'currentVersion')::int from jsonb_array_elements(c.state -> 'deployment' -> 'environments') e where e -> 'atomIds' ? $3::text),
                (c.state -> 'deployment' ->> 'currentVersion')::int) as version_number) n
        join process_deployment.process_version p on p.account_id = $1 and p.process_id = $2 and p.version_number = n.version_number
        cross join jsonb_array_elements(p.manifest) m
        cross join lateral (select e.extension ->> 'key' as key, e.place from jsonb_array_elements(m -> 'extensions') with ordinality e(extension, place)) d
        left join process_deployment.process_atom_state t on t.account_id = $1 and t.process_id = $2 and t.atom_id = $3
        left join jsonb_array_elements(t.state -> 'extensions') v(value) on v.value ->> 'key' = d.key
        left join process_deployment.extension_secret s on s.account_id = $1 and s.process_id = $2 and s.atom_id = $3 and s.key = d.key
        where c.account_id = $1 and c.component_id = $2 and m ->> 'componentId' = $2::text
        order by d.place
        """;

    /// <summary>What the version declares that is effective there, in its order. Whoever asks must have made sure that the Atom runs the Process.</summary>
    public async Task<IReadOnlyList<AtomExtension>> ForAtomAsync(string accountId, Guid processId, Guid atomId, CancellationToken cancellation)
    {
        var found = new List<(AtomExtension Extension, SealedValue? Sealed)>();
        await using (var connection = await databases.Shared.OpenConnectionAsync(cancellation))
        {
            await using var batch = new AccountBatch(connection, accountId);
            batch.Query(
                Sql,
                row => found.Add((new(row.GetString(0), row.Text(1), !row.IsDBNull(2) && row.GetBoolean(2)), row.IsDBNull(3) ? null : new(row.GetString(3), row.GetFieldValue<byte[]>(4)))),
                Given.Id(processId),
                Given.Id(atomId));
            await batch.RunAsync(cancellation);
        }

        var values = new List<AtomExtension>(found.Count);
        foreach (var (extension, secret) in found)
        {
            values.Add(secret is null
                ? extension
                : extension with { Value = (await keys.OfAsync(secret.KeyId, cancellation)).Open(secret.Value, SecretOwner.Extension(accountId, processId, atomId, extension.Key)) });
        }

        return values;
    }
}

/// <summary>An extension as the Atom needs it.</summary>
/// <param name="Key">As the version declares it.</param>
/// <param name="Value">Null where nothing is set.</param>
/// <param name="UseDefault">The Process's own value is wanted.</param>
internal sealed record AtomExtension(string Key, string? Value, bool UseDefault)
{
    /// <summary>Without the value: records are written to logs as they are.</summary>
    public override string ToString() => Key;
}

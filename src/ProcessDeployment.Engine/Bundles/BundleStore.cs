using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Bundles;

/// <summary>
/// Finds what a digest names. Asked is what decisions look at, not the read models: whoever was told a digest finds its
/// bundle at once.
/// </summary>
internal sealed class BundleStore(Databases databases, BundleContents contents)
{
    private static readonly string Empty = Digests.ContentHash(null);

    /// <summary>Several versions may have one digest; what it names is the same in all.</summary>
    private const string Sql = """
        select (e ->> 'componentId')::uuid, e ->> 'componentType', (e ->> 'revision')::int, e ->> 'contentHash', octet_length(c.body)
        from (select v.manifest from process_deployment.process_version v where v.account_id = $1 and v.digest = $2 order by v.process_id, v.version_number limit 1) v
        cross join jsonb_array_elements(v.manifest) e
        left join process_deployment.content c on c.account_id = $1 and c.content_hash = e ->> 'contentHash'
        """;

    private const string For = """
        select from process_deployment.process_version v
        join process_deployment.attachment_state a on a.account_id = $1 and a.process_id = v.process_id and a.atom_id = $3
        where v.account_id = $1 and v.digest = $2 limit 1
        """;

    /// <summary>Null when no version has this digest.</summary>
    /// <exception cref="ContentMissingException">A content is not there any more.</exception>
    public async Task<BundleStream?> OpenAsync(string accountId, string digest, CancellationToken cancellation)
    {
        var (components, lengths) = (new List<BundledComponent>(), new Dictionary<string, long>(StringComparer.Ordinal) { [Empty] = 0 });
        await using (var connection = await databases.Shared.OpenConnectionAsync(cancellation))
        await using (var batch = new AccountBatch(connection, accountId))
        {
            batch.Query(
                Sql,
                row =>
                {
                    var component = new BundledComponent(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetString(3));
                    components.Add(component);
                    if (row.Number(4) is { } length) lengths[component.ContentHash] = length;
                },
                Parameters.Value(digest));
            await batch.RunAsync(cancellation);
        }

        if (components.Count == 0) return null;
        if (components.Find(component => !lengths.ContainsKey(component.ContentHash)) is { } missing) throw new ContentMissingException(missing);
        return new(new BundleLayout(digest, components, lengths), contents, accountId);
    }

    /// <summary>An Atom reads what it ought to run, or ought to have run: while it is attached to a Process of which a version has this digest.</summary>
    public async Task<bool> IsForAsync(AtomCaller atom, string digest, CancellationToken cancellation)
    {
        var isFor = false;
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, atom.AccountId);
        batch.Query(For, _ => isFor = true, Parameters.Value(digest), Given.Id(atom.AtomId));
        await batch.RunAsync(cancellation);
        return isFor;
    }
}

/// <summary>What a version names is not there: the database was restored in part, or somebody took it away.</summary>
internal sealed class ContentMissingException(BundledComponent component)
    : Exception($"The content {component.ContentHash} of component {component.ComponentId}, revision {component.Revision}, is not in the database any more.");

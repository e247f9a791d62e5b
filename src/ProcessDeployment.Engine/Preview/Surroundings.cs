using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Preview;

/// <summary>What lists know about a command that was foreseen: the names of what it touches, and the parents it leaves bold.</summary>
internal sealed class Surroundings(Databases databases, ReadPosition reading)
{
    private const int MostParents = 100;

    private static readonly string Parents = $"""
        select l.process_id, l.name, l.current_version, p.component_id
        from process_deployment.pinned_component p
        join process_deployment.process_list l on l.account_id = $1 and l.process_id = p.process_id
        where p.account_id = $1 and p.component_id = any($2) and p.process_id <> all($2) and p.valid_to is null and l.revised
        order by l.name_key, l.process_id limit {MostParents}
        """;

    private const string Connections = """
        select c.component_id, c.name from unnest($2) as k(id)
        join process_deployment.component_history c on c.account_id = $1 and c.component_id = k.id and c.valid_to is null
        """;

    private const string Atoms = """
        select a.atom_id, a.name from unnest($2) as k(id)
        join process_deployment.atom_history a on a.account_id = $1 and a.atom_id = k.id and a.valid_to is null
        """;

    /// <summary>Null when the lists do not come to the position in time at which the command was judged.</summary>
    public async Task<PreviewAnswer?> AddAsync(string accountId, Foreseen foreseen, CancellationToken cancellation)
    {
        var preview = PreviewAnswer.Of(foreseen);
        Guid[] deployed = [.. (foreseen.Decision?.Events ?? []).OfType<VersionDeployed>().Select(version => version.ProcessId)];
        PairPreview[] pairs = [.. preview.Licences?.NetNew ?? [], .. preview.Licences?.Freed ?? []];
        if (deployed.Length + pairs.Length == 0) return preview;
        if (!await reading.WaitAsync(accountId, preview.Position, cancellation)) return null;

        var (parents, names) = (new List<ParentPreview>(), new Dictionary<Guid, string>());
        await using var batch = new AccountBatch(accountId);
        if (deployed.Length > 0)
            batch.Query(Parents, row => parents.Add(new(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetGuid(3))), Parameters.Array(deployed));
        batch.Query(Connections, row => names[row.GetGuid(0)] = row.GetString(1), Parameters.Array([.. pairs.Select(pair => pair.ComponentId).Distinct()]));
        batch.Query(Atoms, row => names[row.GetGuid(0)] = row.GetString(1), Parameters.Array([.. pairs.Select(pair => pair.AtomId).Distinct()]));
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await batch.RunAsync(connection, cancellation);

        PairPreview Named(PairPreview pair) => pair with { Name = names.GetValueOrDefault(pair.ComponentId), AtomName = names.GetValueOrDefault(pair.AtomId) };
        return preview with
        {
            Parents = parents,
            Licences = preview.Licences is { } licences ? licences with { NetNew = [.. licences.NetNew.Select(Named)], Freed = [.. licences.Freed.Select(Named)] } : null,
        };
    }
}

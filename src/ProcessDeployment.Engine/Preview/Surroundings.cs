using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Preview;

/// <summary>What lists know about a command that was foreseen: the names of what it touches, and the parents it leaves bold.</summary>
internal sealed class Surroundings(Databases databases, ReadPosition reading)
{
    private const int MostParents = 100;

    private static readonly MomentSql Parents = new(at => $"""
        select l.process_id, l.name, l.current_version, p.component_id
        from process_deployment.pinned_component p
        {at.Process("l", "p.process_id")}
        where p.account_id = $1 and p.component_id = any($3) and p.process_id <> all($3) and {at.Holds("p")} and {at.Revised("l")}
        order by l.name_key, l.process_id limit {MostParents}
        """);

    private static readonly MomentSql Names = new(at => $"""
        select c.component_id, c.name from unnest($3) as k(id) {at.Component("c", "k.id")}
        union all
        select a.atom_id, a.name from unnest($4) as k(id) {at.Atom("a", "k.id")}
        """);

    private static readonly MomentSql Position = new(at => $"select {at.Position}");

    /// <summary>Null when the lists do not come to the position in time at which the command was judged.</summary>
    public async Task<PreviewAnswer?> AddAsync(string accountId, Foreseen foreseen, CancellationToken cancellation)
    {
        var preview = PreviewAnswer.Of(foreseen);
        Guid[] deployed = [.. foreseen.Events.OfType<VersionDeployed>().Select(version => version.ProcessId)];
        PairPreview[] pairs = [.. preview.Licences?.NetNew ?? [], .. preview.Licences?.Freed ?? []];
        if (deployed.Length + pairs.Length == 0) return preview;

        var (parents, names) = (new List<ParentPreview>(), new Dictionary<Guid, string>());
        while (!await LookAsync())
        {
            if (!await reading.WaitAsync(accountId, preview.Position, cancellation)) return null;
        }

        PairPreview Named(PairPreview pair) => pair with { Name = names.GetValueOrDefault(pair.ComponentId), AtomName = names.GetValueOrDefault(pair.AtomId) };
        return preview with
        {
            Parents = parents,
            Routes = [.. preview.Routes.Select(route => route with { Name = names.GetValueOrDefault(route.ComponentId) })],
            Licences = preview.Licences is { } licences ? licences with { NetNew = [.. licences.NetNew.Select(Named)], Freed = [.. licences.Freed.Select(Named)] } : null,
        };

        // In one trip with the position that the lists show, since they are nearly always there already.
        async Task<bool> LookAsync()
        {
            var position = 0L;
            parents.Clear();
            await using var batch = new AccountBatch(accountId);
            batch.Control("begin isolation level repeatable read read only");
            var questions = new QuestionBatch(batch, Moment.Now);
            questions.Query(Position, row => position = row.GetInt64(0));
            if (deployed.Length > 0) questions.Query(Parents, row => parents.Add(new(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetGuid(3))), Parameters.Array(deployed));
            questions.Query(
                Names,
                row => names[row.GetGuid(0)] = row.GetString(1),
                Parameters.Array([.. pairs.Select(pair => pair.ComponentId).Concat(preview.Routes.Select(route => route.ComponentId)).Distinct()]),
                Parameters.Array([.. pairs.Select(pair => pair.AtomId).Distinct()]));
            batch.Control("commit");
            await using var connection = await databases.Previews.OpenConnectionAsync(cancellation);
            await batch.RunAsync(connection, cancellation);
            return position >= preview.Position;
        }
    }
}

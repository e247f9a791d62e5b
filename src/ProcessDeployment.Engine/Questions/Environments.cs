using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The live environments in their order, with what is in them; there are few, so the list is whole.</summary>
internal static class Environments
{
    private static readonly MomentSql Sql = new(at => $"""
        select e.environment_id, e.name, e.classification, e.place, e.created_by, e.created_at,
            (select jsonb_agg(jsonb_build_object('atomId', a.atom_id, 'name', a.name) order by a.name, a.atom_id)
             from process_deployment.environment_atom m
             {at.Atom("a", "m.atom_id")}
             where m.account_id = $1 and m.environment_id = e.environment_id and {at.Holds("m")}),
            (select jsonb_agg(jsonb_build_object('processId', c.component_id, 'name', c.name, 'versionNumber', v.version_number) order by c.name_key, c.component_id)
             from process_deployment.environment_process m
             {at.Component("c", "m.process_id")}
             left join process_deployment.environment_version v on v.account_id = $1 and v.process_id = m.process_id and v.environment_id = m.environment_id and {at.Holds("v")}
             where m.account_id = $1 and m.environment_id = e.environment_id and {at.Holds("m")} and ($3 is null or m.process_id = $3))
        from process_deployment.environment_history e
        where e.account_id = $1 and {at.Holds("e")} and not e.deleted
        order by e.place, e.environment_id
        """);

    private static readonly MomentSql Use = new(at => $"select u.enabled from process_deployment.environment_use_history u where u.account_id = $1 and {at.Holds("u")}");

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapQuestion<EnvironmentsAnswer>("/environments", "list-environments", "List the environments in their order", [ParameterNames.Process], Ask);

    private static Func<long, IResult> Ask(QuestionParameters asked, QuestionBatch batch)
    {
        var processId = asked.Id(ParameterNames.Process);
        var (enabled, items) = (false, new List<EnvironmentItem>());
        batch.Query(Use, row => enabled = row.GetBoolean(0));
        batch.Query(Sql, row => items.Add(EnvironmentItem.Read(row)), Given.Id(processId));
        return position => Answer.Of(new EnvironmentsAnswer(enabled, items, null, position));
    }
}

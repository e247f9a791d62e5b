using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Objects;

/// <summary>
/// What the extensions are set to of all Processes in an environment; while the account uses none, on an Atom, by the id of
/// that. They are kept for each Process on each Atom: a change goes to all that declare it. Where the same one is set to
/// several values, the answer has that of the first Atom by its id, and there of the first Process.
/// </summary>
internal static class EnvironmentExtensionsObject
{
    private static readonly Source Rows = new()
    {
        Sql = $$"""
            select o.id, o.gone, (
                select jsonb_agg(jsonb_build_object('key', d.key, 'label', d.label, 'secret', d.secret, 'value', case when not d.secret then d.value end, 'useDefault', d.use_default, 'owner', (
                    select h.name from process_deployment.component_history h
                    where h.account_id = $1 and h.component_id = case when d.owner ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then d.owner::uuid end
                    order by h.valid_from desc limit 1)) order by d.key collate "C")
                from (
                    select distinct on (x.key) x.key, split_part(x.key, '/', 2) as owner, x.label, x.value, x.use_default, bool_or(x.secret) over (partition by x.key) as secret
                    from ({{Declared("o.id")}}) x order by x.key, x.atom_id, x.process_id) d) as declared
            from (
                select e.environment_id as id, e.deleted as gone from process_deployment.environment_history e where e.account_id = $1 and e.valid_to is null
                union all
                select a.atom_id, a.deleted from process_deployment.atom_history a
                where a.account_id = $1 and a.valid_to is null and not coalesce((
                    select u.enabled from process_deployment.environment_use_history u where u.account_id = $1 and u.valid_to is null), false)) o
            """,
        Key = [new("id", ColumnKind.Id)],
        KeyOf = Source.IdOf,
        KnowsGone = true,
        Filters = Source.By(("environmentId", new("id", ColumnKind.Id)), ("extensionGroupId", new("''::text"))),
        Read = row => ExtensionsForm.Write(row.GetGuid(0), row.List<DeclaredExtension>(2)),
    };

    private static readonly MomentSql Pairs = new(_ => $"""
        select x.process_id, x.atom_id, array_agg(x.key) from ({Declared("$3")}) x
        group by x.process_id, x.atom_id order by x.atom_id, x.process_id
        """);

    public static readonly PlatformObject Object = new("EnvironmentExtensions", Privilege.AtomRead) { Source = Rows, Gets = true, Queries = true, Update = UpdateAsync };

    /// <summary>
    /// What the versions declare that are effective on the Atoms of an environment, or on one Atom, and what it is set to. Each
    /// value is looked up by itself: how many are declared no plan can know, and it would read all that there are.
    /// </summary>
    private static string Declared(string id) => $"""
        select t.process_id, t.atom_id, f.value ->> 'key' as key, f.value ->> 'label' as label,
            coalesce((f.value ->> 'secret')::boolean, false) or coalesce(w.secret, false) as secret, w.value, w.use_default
        from (
            select m.environment_id as id, m.atom_id from process_deployment.environment_atom m where m.account_id = $1 and m.valid_to is null
            union all
            select h.atom_id, h.atom_id from process_deployment.atom_history h where h.account_id = $1 and h.valid_to is null) s
        join process_deployment.attachment t on t.account_id = $1 and t.atom_id = s.atom_id and t.valid_to is null
        {Moment.Now.EffectiveVersion("v", "t")}
        cross join jsonb_array_elements(v.extensions) f
        left join lateral (
            select e.secret, e.value, e.use_default from process_deployment.extension_value e
            where e.account_id = $1 and e.process_id = t.process_id and e.atom_id = t.atom_id and e.key = f.value ->> 'key' and e.valid_to is null limit 1) w on true
        where s.id = {id}
        """;

    private static async Task<WireObject> UpdateAsync(PlatformCall call, string id, WireObject body)
    {
        PlatformCall.Same(body, "id", id);
        PlatformCall.Same(body, "environmentId", id);
        var partial = body.Flag("partial") ?? false;
        var settings = ExtensionsForm.Read(body, partial);
        // There must be such an environment, or such an Atom, whatever is said of it.
        await call.GetAsync(Object, id);
        var pairs = new List<(Guid ProcessId, Guid AtomId, HashSet<string> Keys)>();
        await call.Service<PlatformReading>().AskAsync(
            call.AccountId,
            batch =>
            {
                pairs.Clear();
                batch.Query(Pairs, row => pairs.Add((row.GetGuid(0), row.GetGuid(1), [.. row.GetFieldValue<string[]>(2)])), Given.Id(PlatformCall.IdOf(Object, id)));
            },
            call.Cancellation);
        PlatformException.ThrowIf([.. settings.Keys.Where(key => !pairs.Exists(pair => pair.Keys.Contains(key))).Select(key => new MemberError(key, "is declared by no Process there"))]);
        foreach (var (processId, atomId, keys) in pairs)
        {
            List<ExtensionSetting> values = [.. settings.Where(setting => keys.Contains(setting.Key)).Select(setting => setting.Value).OfType<ExtensionSetting>()];
            if (!partial || values.Count > 0) await call.SendAsync(new SetExtensions { ProcessId = processId, AtomId = atomId, Values = values, Partial = partial }, part: $"{processId}/{atomId}");
        }

        return await call.GetAsync(Object, id);
    }
}

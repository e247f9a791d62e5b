namespace ProcessDeployment.Engine.Rebuild.Proof;

/// <summary>Proofs of what decisions look at of licences: what was purchased, what is used and by whom.</summary>
internal static class LicenceProofs
{
    /// <summary>
    /// Licences that current versions need: a counted connection on each Atom its Process is attached to (R28); by itself, or
    /// through an environment, of which the version there counts and the classification decides the pool (R34).
    /// </summary>
    private const string Holdings = """
        select p.component_id, a.atom_id, upper(left(p.connector_class, 1)) || substring(p.connector_class from 2) as class, 'Production' as classification, p.process_id
        from pin p join attachment a using (process_id)
        where p.valid_to is null and a.valid_to is null and a.environment_id is null and p.connector_class is not null and not p.exempt
        union all
        select p.component_id, a.atom_id, upper(left(p.connector_class, 1)) || substring(p.connector_class from 2), case e.classification when 'TEST' then 'Test' else 'Production' end, p.process_id
        from attachment a
        join current_in i on i.process_id = a.process_id and i.environment_id = a.environment_id and i.next is null
        join pinned p on p.process_id = a.process_id and p.version_number = i.version_number
        join environment e on e.environment_id = a.environment_id and e.valid_to is null
        where a.valid_to is null and p.connector_class is not null and not p.exempt
        """;

    private static readonly TableProof Mode = new(
        "licence_state", "stream_version", "mode",
        """
        select max(f.number) as stream_version, initcap(coalesce((array_agg(f.data ->> 'mode' order by f.position desc) filter (where f.kind = 'licence-enforcement-changed'))[1], 'strict')) as mode
        from fact f where f.stream = 'licences' having count(*) > 0
        """)
    { IsCurrentState = true };

    private static readonly TableProof Pools = new(
        "licence_pool", "class, classification", "purchased, used",
        $"""
        select class, classification, p.purchased, coalesce(u.used, 0)::int as used
        from (
            select upper(left(f.data ->> 'class', 1)) || substring(f.data ->> 'class' from 2) as class, v.classification,
                (array_agg(v.purchased::int order by f.position desc))[1] as purchased
            from fact f cross join lateral (values ('Production', f.data ->> 'production'), ('Test', f.data ->> 'test')) as v(classification, purchased)
            where f.kind = 'licences-purchased' and v.purchased is not null group by 1, 2) p
        full join (
            select h.class, h.classification, count(distinct (h.component_id, h.atom_id)) as used from ({Holdings}) h group by h.class, h.classification) u using (class, classification)
        """)
    { IsCurrentState = true, Except = "row.purchased is null and row.used = 0" };

    private static readonly TableProof Held = new("licence_holding", "component_id, atom_id, class, process_id", "classification", Holdings) { IsCurrentState = true };

    public static readonly IReadOnlyList<TableProof> All = [Mode, Pools, Held];
}

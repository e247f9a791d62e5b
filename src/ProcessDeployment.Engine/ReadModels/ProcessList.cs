using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>
/// The list operators live with. A row moves only by what the page changed: a save renames, an attachment changes the
/// Atoms, a deploy starts afresh, and a changed component moves its own reason in every Process that pins it. Comes after
/// all histories.
/// </summary>
public sealed class ProcessList : IReadModel
{
    private static readonly string Save = $"""
        insert into process_deployment.process_list as l (
            account_id, process_id, name, name_key, folder, start_step, latest_revision, saved_by, saved_at, atom_ids, revised, reasons)
        select s.account_id, s.process_id, s.name, s.name_key, s.folder, s.start_step, s.revision, s.saved_by, s.saved_at,
            array[]::uuid[], true, {ProcessReasons.NeverDeployed("s", "s.process_id")}
        from unnest(^, ^, ^, ^, ^, ^, ^, ^, ^) as s(account_id, process_id, name, name_key, folder, start_step, revision, saved_by, saved_at)
        on conflict (account_id, process_id) do update set
            name = excluded.name, name_key = excluded.name_key, folder = excluded.folder, start_step = excluded.start_step,
            latest_revision = excluded.latest_revision, saved_by = excluded.saved_by, saved_at = excluded.saved_at,
            reasons = case when l.current_version is null then excluded.reasons else l.reasons end
        """;

    /// <summary>A deploy, or a Process that comes back: the whole row from the histories.</summary>
    private static readonly string StartAfresh = $"""
        insert into process_deployment.process_list (
            account_id, process_id, name, name_key, folder, start_step, latest_revision, saved_by, saved_at,
            current_version, deployed_by, deployed_at, atom_ids, revised, reasons)
        select t.account_id, t.process_id, n.name, n.name_key, n.folder, n.start_step, n.revision, n.saved_by, n.saved_at,
            v.version_number, v.deployed_by, v.deployed_at, {Atoms},
            v.version_number is null or b.reasons is not null,
            case when v.version_number is null then {ProcessReasons.NeverDeployed("n", "t.process_id")} else coalesce(b.reasons, '[]'::jsonb) end
        from unnest(^, ^) as t(account_id, process_id)
        {ProcessReasons.JoinNow("t.account_id", "t.process_id", "n")}
        left join lateral (
            select * from process_deployment.version_history h
            where h.account_id = t.account_id and h.process_id = t.process_id order by h.version_number desc limit 1) v on true
        {ProcessReasons.JoinLateral(Pins, ProcessReasons.JoinNow("p.account_id", "p.component_id"))}
        where n.component_type = 'process' and not n.deleted
        on conflict (account_id, process_id) do update set
            name = excluded.name, name_key = excluded.name_key, folder = excluded.folder, start_step = excluded.start_step,
            latest_revision = excluded.latest_revision, saved_by = excluded.saved_by, saved_at = excluded.saved_at,
            current_version = excluded.current_version, deployed_by = excluded.deployed_by, deployed_at = excluded.deployed_at,
            atom_ids = excluded.atom_ids, revised = excluded.revised, reasons = excluded.reasons
        """;

    private const string Atoms = """
        coalesce((
            select array_agg(a.atom_id order by a.atom_id) from process_deployment.attachment a
            where a.account_id = t.account_id and a.process_id = t.process_id and a.valid_to is null), array[]::uuid[])
        """;

    private const string Pins = """
        (select * from process_deployment.pinned_component h where h.account_id = t.account_id and h.process_id = t.process_id and h.valid_to is null)
        """;

    private const string Attach = $"""
        update process_deployment.process_list l set atom_ids = {Atoms}
        from unnest(^, ^) as t(account_id, process_id) where l.account_id = t.account_id and l.process_id = t.process_id
        """;

    private static readonly string Remove = $"""
        delete from process_deployment.process_list l
        using unnest(^, ^) as t(account_id, process_id)
        {ProcessReasons.JoinNow("t.account_id", "t.process_id")}
        where l.account_id = t.account_id and l.process_id = t.process_id and c.deleted
        """;

    /// <summary>
    /// A save touches one stream; that it makes ten thousand Processes bold happens here, in one statement. Only the
    /// reasons of changed components are looked at, so that what else a Process pins costs nothing.
    /// </summary>
    private static readonly string MoveReasons = $"""
        with moved as (
            update process_deployment.process_list l
            set (revised, reasons) = (
                select count(*) > 0, coalesce(jsonb_agg(r.reason order by r.reason ->> 'name' collate "C", r.reason ->> 'componentId'), '[]'::jsonb)
                from (
                    select reason from jsonb_array_elements(l.reasons) as reason where not reason ->> 'componentId' = any (t.components)
                    union all
                    select reason from jsonb_array_elements(t.reasons) as reason) r)
            from (
                select p.account_id, p.process_id, array_agg(p.component_id::text) as components,
                    coalesce(jsonb_agg({ProcessReasons.Reason}) filter (where {ProcessReasons.Moved}), '[]'::jsonb) as reasons
                from unnest(^, ^) as k(account_id, component_id)
                {ProcessReasons.JoinNow("k.account_id", "k.component_id")}
                cross join lateral (
                    select * from process_deployment.pinned_component h
                    where h.account_id = k.account_id and h.component_id = k.component_id and h.valid_to is null offset 0) p
                where (p.account_id, p.process_id) not in (select * from unnest(^, ^))
                group by p.account_id, p.process_id) t
            where l.account_id = t.account_id and l.process_id = t.process_id and (l.revised or t.reasons <> '[]'::jsonb)
            returning l.account_id, l.process_id, l.revised)
        update process_deployment.process_name n set revised = m.revised
        from moved m where n.account_id = m.account_id and n.process_id = m.process_id and n.revised <> m.revised
        """;

    public IReadOnlyList<string> Tables => ["process_list"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        sql.Execute(Save, Rows.Of(page.SavedProcesses)
            .Text(s => s.Recorded.AccountId)
            .Uuid(s => s.Event.ComponentId)
            .Text(s => s.Event.Name)
            .Text(s => NameKey.Of(s.Event.Name))
            .Text(s => s.Event.Folder)
            .Text(s => WireWord.Of(s.Event.StartStep))
            .Number(s => s.Event.Revision)
            .Text(s => s.Recorded.Actor)
            .Time(s => s.Recorded.Time));
        sql.Execute(StartAfresh, Subject.Keys(page.StartedAfresh));
        sql.Execute(Attach, Subject.Keys(page.Reattached));
        sql.Execute(Remove, Subject.Keys(page.Deleted));
        sql.Execute(MoveReasons, Subject.Keys(page.Changed), Subject.Keys(page.StartedAfresh));
    }
}

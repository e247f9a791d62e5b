using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Anything in an account at a moment, as JSON: what the comparison of two moments compares.</summary>
internal static class AccountState
{
    private const string Enforcement = "enforcement";

    /// <summary>All pools, and how strictly they are enforced, as literals.</summary>
    public static string Pools { get; } = string.Join(", ",
        from pool in (string[])[.. from @class in Enum.GetValues<ConnectorClass>() from classification in Enum.GetValues<Classification>() select $"{WireWord.Of(@class)}/{WireWord.Of(classification)}", Enforcement]
        select $"'{pool}'");

    /// <summary>
    /// The state of <c>t(kind, id, pool)</c>, no row where it is not there; and what makes two states the same, where an Atom
    /// that was renamed meanwhile is the same Atom.
    /// </summary>
    public static string Of(Moment at) => $"""
        select s.state, s.state || jsonb_build_object('atoms', to_jsonb(s.atom_ids)) as identity from (
            select jsonb_build_object(
                'name', l.name, 'folder', l.folder, 'latestRevision', l.latest_revision, 'currentVersion', l.current_version, 'deployedBy', l.deployed_by,
                'revisedSinceDeploy', l.revised, 'reasons', coalesce((select jsonb_agg(r - 'at') from jsonb_array_elements(l.reasons) r), '[]'::jsonb),
                'atoms', coalesce((
                    select jsonb_agg(jsonb_build_object('atomId', a.atom_id, 'name', a.name) order by a.name, a.atom_id)
                    from unnest(l.atom_ids) as i(atom_id) {at.Atom("a", "i.atom_id")}), '[]'::jsonb)) as state, l.atom_ids
            from (select 1) x {at.Process("l", "t.id")} where t.kind = 'process') s
        union all
        select s.state, s.state from (
            select jsonb_build_object(
                'name', c.name, 'componentType', c.component_type, 'folder', c.folder, 'latestRevision', c.revision, 'contentHash', c.content_hash, 'savedBy', c.saved_by) as state
            from (select 1) x {at.Component("c", "t.id")} where t.kind = 'component' and not c.deleted
            union all
            select jsonb_build_object('name', a.name, 'hostName', a.host_name, 'atomType', a.atom_type, 'timeZone', a.time_zone, 'status', a.status)
            from (select 1) x {at.Atom("a", "t.id")} where t.kind = 'atom' and not a.deleted
            union all
            select jsonb_build_object('mode', coalesce((
                select h.mode from process_deployment.licence_mode_history h where h.account_id = $1 and {at.Holds("h")}), '{WireWord.Of(LicenceEnforcement.Strict)}'))
            where t.pool = '{Enforcement}'
            union all
            select jsonb_build_object('purchased', (
                select h.purchased from process_deployment.licence_pool_history h
                where h.account_id = $1 and h.class || '/' || h.classification = t.pool and {at.Holds("h")}),
                'used', (select count(*) from (
                    select distinct p.component_id, p.atom_id from ({LicensedPairs.Of(at)}) p
                    where p.connector_class || '/' || p.classification = t.pool and not p.exempt) u))
            where t.kind = 'licences' and t.pool <> '{Enforcement}') s
        """;
}

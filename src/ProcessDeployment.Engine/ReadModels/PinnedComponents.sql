-- revision: 3
-- Which revision of which component the current version of a Process held, and when. A version that pins the same revision
-- again writes nothing here, so the ranges are those of (Process, component, revision), not of versions.
create table if not exists process_deployment.pinned_component (
    account_id      text    not null,
    process_id      uuid    not null,
    component_id    uuid    not null,
    revision        int     not null,
    content_hash    text    not null,
    -- Set for a connection, with whether it counted then.
    connector_type  text,
    connector_class text,
    exempt          boolean not null,
    valid_from      bigint  not null,
    valid_to        bigint,
    -- "Did an earlier version of this Process pin that revision?"
    primary key (process_id, account_id, component_id, valid_from)
);
-- Asked from both ends, by accounts of very different size: an index of one end that began with the account would look as
-- good for the other end to a plan that thinks of the average account, and walk through all of a large one.
-- The current manifests, without walking over a thousand earlier ones.
create unique index if not exists pinned_component_now on process_deployment.pinned_component (process_id, account_id, component_id) where valid_to is null;
-- The other way round: who is concerned when a component changes.
create index if not exists pinned_component_of on process_deployment.pinned_component (component_id, account_id, process_id) where valid_to is null;
-- Connections that use licences.
create index if not exists pinned_component_licensed on process_deployment.pinned_component (account_id, connector_class, component_id, process_id)
    where connector_class is not null and not exempt and valid_to is null;
-- The same two for the past: pins that ended after the moment that is asked about.
create index if not exists pinned_component_of_closed on process_deployment.pinned_component (component_id, account_id, valid_to) where valid_to is not null;
create index if not exists pinned_component_licensed_closed on process_deployment.pinned_component (account_id, valid_to)
    where connector_class is not null and valid_to is not null;

-- Who uses a licence, from when to when: a counted connection in the version that is effective for a Process on an Atom it is
-- attached to (R28): the current version, or where it is attached by an environment the one that is current there. A pool's use is
-- the number of distinct (component_id, atom_id) in it. By itself an Atom is production, in an environment what that is (R34).
create or replace view process_deployment.licence_use as
select p.account_id, p.connector_class as class, 'PROD'::text as classification, p.component_id, a.atom_id, p.process_id,
    greatest(p.valid_from, a.valid_from) as valid_from, least(p.valid_to, a.valid_to) as valid_to
from process_deployment.pinned_component p
join process_deployment.attachment a on a.account_id = p.account_id and a.process_id = p.process_id and a.environment_id is null
    and (a.valid_to is null or a.valid_to > p.valid_from) and (p.valid_to is null or p.valid_to > a.valid_from)
where p.connector_class is not null and not p.exempt
union all
select v.account_id, c.value ->> 'class', n.classification, (c.value ->> 'componentId')::uuid, a.atom_id, v.process_id,
    greatest(v.valid_from, a.valid_from), least(v.valid_to, a.valid_to)
from process_deployment.environment_version v
join process_deployment.attachment a on a.account_id = v.account_id and a.process_id = v.process_id and a.environment_id = v.environment_id
    and (a.valid_to is null or a.valid_to > v.valid_from) and (v.valid_to is null or v.valid_to > a.valid_from)
cross join lateral (
    select h.classification from process_deployment.environment_history h
    where h.account_id = v.account_id and h.environment_id = v.environment_id order by h.valid_from limit 1) n
cross join lateral jsonb_array_elements(v.connections) c
where not (c.value ->> 'exempt')::boolean;

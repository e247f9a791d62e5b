-- revision: 1
-- Former forms of events by what they are called today: what is stored stays as it was sealed, and whatever tells facts of it by
-- SQL (the published events, the proofs of read models) reads it through these two. Whoever retires an event adds a branch for
-- its name to each, beside the record in code:
--     case type when 'processdeployment.atom-renamed.v1' then 'processdeployment.atom-renamed.v2' else type end
--     case type when 'processdeployment.atom-renamed.v1' then data - 'title' || jsonb_build_object('name', data -> 'title') else data end
-- A test holds both against what the code reads.
create or replace function process_deployment.event_type_today(type text) returns text language sql immutable as $$
    select type
$$;

create or replace function process_deployment.event_today(type text, data jsonb) returns jsonb language sql immutable as $$
    select data
$$;

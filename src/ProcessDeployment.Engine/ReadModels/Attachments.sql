-- revision: 3
-- Which Process was attached to which Atom, and when.
create table if not exists process_deployment.attachment (
    account_id  text        not null,
    process_id  uuid        not null,
    atom_id     uuid        not null,
    valid_from  bigint      not null,
    valid_to    bigint,
    attached_by text        not null,
    attached_at timestamptz not null,
    detached_by text,
    detached_at timestamptz,
    primary key (process_id, account_id, atom_id, valid_from)
);
-- The environment by which it was; null where it was attached by itself.
alter table process_deployment.attachment add column if not exists environment_id uuid;
-- A Process may have been attached and detached thousands of times: what holds now is found without walking over that.
-- None begins with the account, for the reason that pinned_component gives.
create unique index if not exists attachment_now on process_deployment.attachment (process_id, account_id, atom_id) where valid_to is null;
create index if not exists attachment_of_atom on process_deployment.attachment (atom_id, account_id, process_id) where valid_to is null;
-- The past of an Atom: what ended after the moment that is asked about. Only closed ranges, so that attaching costs nothing more.
create index if not exists attachment_of_atom_closed on process_deployment.attachment (atom_id, account_id, valid_to) where valid_to is not null;

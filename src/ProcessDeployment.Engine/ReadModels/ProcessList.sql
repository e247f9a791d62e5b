-- The live Processes as lists show them now. Everything here follows from the histories and is written anew when one of them moves.
create table if not exists process_deployment.process_list (
    account_id      text        not null,
    process_id      uuid        not null,
    name            text        not null,
    name_key        text        collate "C" not null,
    folder          text,
    start_step      text,
    latest_revision int         not null,
    saved_by        text        not null,
    saved_at        timestamptz not null,
    -- Null while nothing is deployed.
    current_version int,
    deployed_by     text,
    deployed_at     timestamptz,
    atom_ids        uuid[]      not null,
    revised         boolean     not null,
    reasons         jsonb       not null,
    primary key (account_id, process_id)
) with (fillfactor = 60);

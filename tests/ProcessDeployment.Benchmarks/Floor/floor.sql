-- The floor works on tables of the same shape, indexes included, holding the same rows.
drop schema if exists floor cascade;
create schema floor;
create table floor.mt_streams (like events.mt_streams including all);
create table floor.mt_events (like events.mt_events including all);
create table floor.component_state (like process_deployment.component_state including all) with (fillfactor = 70);
create table floor.command_outcome (like process_deployment.command_outcome including all);
create sequence floor.mt_events_sequence;

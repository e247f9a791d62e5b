-- revision: 19
-- The published events, as they go to the exchange process-deployment.events where a broker is configured: the same types, in
-- the order of each account. A type is shown once its form is a contract (a test holds this list against the translation in code).
-- What is stored in a former form is shown as what it is called today, as the broker gets it. What was marked as skipped could
-- not be read and is not published, whatever type it claims to be.
create or replace function process_deployment.published_body(type text, data jsonb) returns jsonb language sql immutable as $$
    select case when type in ('processdeployment.atom-token-issued.v1', 'processdeployment.api-key-issued.v1') then data - 'secretHash'
        when type = 'processdeployment.webhook-set.v1' then data || jsonb_build_object('url', regexp_replace(data ->> 'url', '^([^:]*:[/\\]*[^/\\?#]*).*$', '\1/…'))
        when type = any (array[
        'processdeployment.revision-made.v1', 'processdeployment.component-deleted.v1', 'processdeployment.component-restored.v1',
        'processdeployment.atom-registered.v1', 'processdeployment.atom-renamed.v1', 'processdeployment.atom-status-changed.v1', 'processdeployment.atom-deleted.v1',
        'processdeployment.atom-token-revoked.v1',
        'processdeployment.licences-purchased.v1', 'processdeployment.licence-enforcement-changed.v1',
        'processdeployment.atom-attached.v1', 'processdeployment.atom-detached.v1', 'processdeployment.version-deployed.v1', 'processdeployment.version-labelled.v1', 'processdeployment.version-withdrawn.v1',
        'processdeployment.version-downloaded.v1', 'processdeployment.download-failed.v1', 'processdeployment.extension-values-set.v1',
        'processdeployment.schedules-set.v1', 'processdeployment.schedules-stopped.v1', 'processdeployment.schedules-suspended.v1', 'processdeployment.schedules-resumed.v1', 'processdeployment.runs-missed.v1',
        'processdeployment.listener-paused.v1', 'processdeployment.listener-resumed.v1', 'processdeployment.listener-restarted.v1',
        'processdeployment.execution-requested.v1', 'processdeployment.execution-started.v1', 'processdeployment.execution-cancel-requested.v1', 'processdeployment.execution-completed.v1', 'processdeployment.retry-awaited.v1',
        'processdeployment.webhook-deleted.v1',
        'processdeployment.attachment-refused.v1', 'processdeployment.deployment-refused.v1', 'processdeployment.move-refused.v1',
        'processdeployment.environments-enabled.v1', 'processdeployment.environments-disabled.v1',
        'processdeployment.atom-attached-to-environment.v1', 'processdeployment.atom-detached-from-environment.v1', 'processdeployment.environment-attachment-refused.v1',
        'processdeployment.process-attached-to-environment.v1', 'processdeployment.process-detached-from-environment.v1',
        'processdeployment.version-promoted.v1', 'processdeployment.promotion-refused.v1',
        'processdeployment.environment-created.v1', 'processdeployment.environment-updated.v1', 'processdeployment.environment-deleted.v1',
        'processdeployment.role-set.v1', 'processdeployment.role-deleted.v1', 'processdeployment.member-set.v1', 'processdeployment.member-removed.v1', 'processdeployment.api-key-revoked.v1',
        'processdeployment.producer-registered.v1', 'processdeployment.producer-removed.v1', 'processdeployment.change-rules-set.v1',
        'processdeployment.freeze-set.v1', 'processdeployment.freeze-lifted.v1', 'processdeployment.freeze-overridden.v1', 'processdeployment.access-denied.v1',
        'processdeployment.export-made.v1', 'processdeployment.export-read.v1', 'processdeployment.rebuild-started.v1', 'processdeployment.rebuild-ended.v1',
        'processdeployment.settings-changed.v1', 'processdeployment.personal-data-redacted.v1', 'processdeployment.event-skipped.v1', 'processdeployment.account-moved.v1'])
    then data end
$$;

create or replace view process_deployment.event as
select e.tenant_id as account_id,
       (e.headers ->> 'position')::bigint as position,
       process_deployment.event_type_today(e.type)::varchar(500) as type,
       jsonb_strip_nulls(jsonb_build_object(
           'specversion', '1.0',
           'id', e.tenant_id || '/' || (e.headers ->> 'position'),
           'source', '//process-deployment/' || e.tenant_id,
           'type', process_deployment.event_type_today(e.type),
           'time', to_char(e.timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
           'subject', e.stream_id,
           'datacontenttype', 'application/json',
           'data', jsonb_build_object(
               'accountId', e.tenant_id,
               'position', (e.headers ->> 'position')::bigint,
               'actor', e.user_name,
               'commandId', e.headers ->> 'commandId',
               'correlationId', e.correlation_id,
               'causationId', e.causation_id,
               'reason', e.headers ->> 'reason',
               'extensions', e.headers -> 'extensions',
               'body', process_deployment.published_body(process_deployment.event_type_today(e.type), process_deployment.event_today(e.type, e.data))))) as event
from events.mt_events e
where process_deployment.published_body(process_deployment.event_type_today(e.type), '{}') is not null
    and not exists (
        select from process_deployment.skipped_event s where s.account_id = e.tenant_id and s.position = (e.headers ->> 'position')::bigint);

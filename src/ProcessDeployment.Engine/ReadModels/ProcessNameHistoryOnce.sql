-- For databases that were there before this history was: what it would have written, out of the history of components.
insert into process_deployment.process_name_history (account_id, process_id, valid_from, valid_to, name_key, folder_key)
select c.account_id, c.component_id, c.valid_from, c.valid_to, c.name_key, md5(coalesce(c.folder, ''))::uuid
from (
    select s.*, lead(s.valid_from) over (partition by s.account_id, s.component_id order by s.valid_from) as valid_to
    from (
        select h.account_id, h.component_id, h.valid_from, h.name_key, h.folder, h.deleted,
            lag(array[h.name_key, h.folder, h.deleted::text]) over (partition by h.account_id, h.component_id order by h.valid_from) as before
        from process_deployment.component_history h where h.component_type = 'process') s
    where array[s.name_key, s.folder, s.deleted::text] is distinct from s.before) c
where not c.deleted
on conflict do nothing;

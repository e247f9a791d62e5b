-- Takes a text out of what is kept as JSON: each string that contains it becomes the marker, whatever it is part of. Ids and
-- codes stay, since programs depend on them.
create or replace function process_deployment.without_text(value jsonb, taken text, marker text) returns jsonb language plpgsql immutable as $$
begin
    return case jsonb_typeof(value)
        when 'string' then case
            when position(taken in value #>> '{}') = 0 or value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then value
            else to_jsonb(marker) end
        when 'array' then (
            select coalesce(jsonb_agg(process_deployment.without_text(i.item, taken, marker) order by i.n), '[]') from jsonb_array_elements(value) with ordinality i(item, n))
        when 'object' then (
            select coalesce(jsonb_object_agg(m.key, case m.key when 'code' then m.value else process_deployment.without_text(m.value, taken, marker) end), '{}') from jsonb_each(value) m)
        else value end;
end $$;

-- Removing what was noted in private.files_to_remove: workers ask for names, and have Storage
-- remove them, until there are none.

create or replace function private.next_files_to_remove(p_results_bucket text, p_limit integer)
returns table (bucket text, name text)
language plpgsql
set search_path = ''
as $$
declare
  v_request private.files_to_remove;
  v_found integer;
  v_left integer := p_limit;
begin
  for v_request in
    select *
    from private.files_to_remove
    where not private.may_store_files(after_task)
    order by tried_at nulls first, id
    limit 1000
    for update skip locked
  loop
    bucket := case v_request.place when 'inputs' then 'inputs' else p_results_bucket end;
    v_found := 0;
    -- Planned with its values, so that an index finds the names.
    for name in
      execute '
        select name
        from storage.objects
        where bucket_id = $1 and name like $2
        order by name
        limit $3
      ' using bucket, v_request.prefix || '%', v_left
    loop
      v_found := v_found + 1;
      return next;
    end loop;
    if v_found = 0 then
      delete from private.files_to_remove where id = v_request.id;
    else
      update private.files_to_remove set tried_at = clock_timestamp() where id = v_request.id;
    end if;
    v_left := v_left - v_found;
    exit when v_left <= 0;
  end loop;
end;
$$;

comment on function private.next_files_to_remove is 'The next files to be removed, at most p_limit. What Storage has no more is forgotten; what it still has is named again.';

create or replace function private.files_to_remove_if_due(p_results_bucket text, p_limit integer)
returns table (bucket text, name text)
language plpgsql
set search_path = ''
as $$
begin
  if not private.take_maintenance_job('files to remove') then
    return;
  end if;
  return query select * from private.next_files_to_remove(p_results_bucket, p_limit);
  if found then
    -- Due again at once: for more, and to see that these are gone.
    perform private.repeat_maintenance_job('files to remove');
  end if;
end;
$$;

comment on function private.files_to_remove_if_due is 'The same, once in a few seconds, however many ask; at once again while there are some.';

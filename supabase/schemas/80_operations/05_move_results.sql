-- Apps read the URLs of results in rows, past all functions: rows name the address that the project
-- has, also when it has another than at the time they were written.

create or replace function private.move_results(p_project_url text, p_limit integer default null)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_url text := rtrim(p_project_url, '/');
  v_moved integer;
begin
  if v_url is null or v_url !~ '^https?://[^/?#@\s\\]+$' then
    raise exception 'The URL of a project is like https://api.example.com, not %', p_project_url;
  end if;
  with elsewhere as (
    select id from public.tasks
    where asset_urls[1] is not null and not starts_with(asset_urls[1], v_url || '/')
    order by id
    limit p_limit
    for no key update
  )
  update public.tasks
  set asset_urls = array(
    select regexp_replace(url, '^https?://[^/]+', v_url)
    from unnest(asset_urls) with ordinality as result (url, place)
    order by place
  ),
  results = case
    when results ? 'preview_url' then jsonb_set(
      results, '{preview_url}',
      to_jsonb(regexp_replace(results ->> 'preview_url', '^https?://[^/]+', v_url))
    )
    else results
  end
  where id in (select id from elsewhere);
  get diagnostics v_moved = row_count;
  return v_moved;
end;
$$;

comment on function private.move_results is 'For the operator, after the project has got another URL: has the rows of tasks, concept_images and models name their results by it. Moves the results of p_limit tasks at most, of all without it, and returns of how many.';

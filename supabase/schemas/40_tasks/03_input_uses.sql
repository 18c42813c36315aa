-- Which inputs a task, or a row of an app, names. Too many names keep a file too long, too few
-- would lose one: whatever may be a name counts as one.

create or replace function private.percent_decoded(p_text text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if strpos(p_text, '%') = 0 then
    return p_text;
  end if;
  return convert_from(
    (
      select string_agg(
        case
          when match[1] ~ '^%[0-9a-fA-F]{2}' then decode(replace(match[1], '%', ''), 'hex')
          else convert_to(match[1], 'UTF8')
        end,
        ''::bytea order by place
      )
      from regexp_matches(p_text, '(?:%[0-9a-fA-F]{2})+|[^%]+|%', 'g')
        with ordinality as matches (match, place)
    ),
    'UTF8'
  );
exception
  -- What does not decode names nothing.
  when others then return null;
end;
$$;

comment on function private.percent_decoded is 'A part of a URL as it was before it was encoded; null if it cannot have been.';

create or replace function private.user_folders(p_user_id uuid)
returns text[]
language sql
immutable
set search_path = ''
return array[p_user_id::text, upper(p_user_id::text)];

comment on function private.user_folders is 'The names that a user''s folder of inputs may have: the id, and the same in capitals, as Swift writes it.';

-- Policies of Storage call it with the rights of the caller.
grant execute on function private.user_folders to authenticated;

create or replace function private.input_names(p_user_id uuid, p_value jsonb)
returns setof text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  select distinct substr(candidate, strpos(candidate, folder || '/'))
  from jsonb_path_query(p_value, 'strict $.**') as value,
    lateral (values (
      -- The path of a URL; or, where an app keeps it as such, the name itself.
      private.percent_decoded(split_part(split_part(value #>> '{}', '?', 1), '#', 1))
    ), (
      value #>> '{}'
    )) as candidates (candidate),
    unnest(private.user_folders(p_user_id)) as folder
  where jsonb_typeof(value) = 'string'
    and strpos(candidate, folder || '/') > 0
    -- Storage takes no longer names.
    and octet_length(substr(candidate, strpos(candidate, folder || '/'))) <= 1024;
end;
$$;

comment on function private.input_names is 'Names of files in a user''s folder that any text within a JSON value may stand for: a URL of whatever form, or the path in the bucket.';

create or replace function private.note_input_uses(
  p_task_id uuid,
  p_user_id uuid,
  p_parameters jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.input_uses (task_id, name)
  select p_task_id, name from private.input_names(p_user_id, p_parameters) as name;
end;
$$;

comment on function private.note_input_uses is 'Keeps which inputs a task names.';

create or replace function private.note_uses_by_input_asset()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    delete from private.input_uses where input_asset_id = new.id;
  end if;
  insert into private.input_uses (input_asset_id, name)
  select new.id, name
  from private.input_names(
    new.user_id, jsonb_build_array(new.asset_url, new.metadata)
  ) as name;
  return null;
end;
$$;

comment on function private.note_uses_by_input_asset is 'Trigger: keeps which inputs an app''s row names, as its file or, say, as a preview of it.';

create or replace trigger input_assets_note_uses
  after insert or update of user_id, asset_url, metadata on public.input_assets
  for each row
  execute function private.note_uses_by_input_asset();

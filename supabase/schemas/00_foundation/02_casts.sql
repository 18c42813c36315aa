-- Casts of text that may be anything. Postgres has pg_input_is_valid for it from 16 on; a project
-- may still be on 15.

create or replace function private.uuid_or_null(p_text text)
returns uuid
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return p_text::uuid;
  end if;
  return null;
end;
$$;

comment on function private.uuid_or_null is 'The id that a text is, in its usual form with hyphens; null if it is none.';

create or replace function private.jsonb_or_null(p_text text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_text::jsonb;
exception
  when data_exception or program_limit_exceeded then return null;
end;
$$;

comment on function private.jsonb_or_null is 'The JSON that a text is; null if it is none. Each call is a subtransaction.';

-- What workers do periodically beside tasks, and when it last ran.

create table private.sweeps (
  kind text not null,
  every interval not null,
  swept_at timestamptz not null default '-infinity',

  constraint sweeps_pkey primary key (kind),
  constraint sweeps_every_is_positive check (every > interval '0')
);

comment on table private.sweeps is 'What is swept how often, and when it last was.';

alter table private.sweeps enable row level security;

insert into private.sweeps (kind, every) values ('tasks', '1 minute'), ('files', '10 minutes');

create or replace function private.take_sweep(p_kind text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  -- Who finds the row locked finds that somebody else sweeps.
  perform
  from private.sweeps
  where kind = p_kind and swept_at < now() - every
  for update skip locked;
  if not found then
    return false;
  end if;
  update private.sweeps set swept_at = now() where kind = p_kind;
  return true;
end;
$$;

comment on function private.take_sweep is 'Whether it is time to sweep, and the caller is the one to do it.';

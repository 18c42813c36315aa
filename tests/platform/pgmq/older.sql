-- pgmq 1.5.1 has no package of its own to install here, so a newer one is cut down to it: what 1.5.1
-- does not have is dropped, and what changed since is written anew as it was.
-- The signatures are those of pgmq-extension/sql/pgmq.sql in https://github.com/pgmq/pgmq as of
-- commit 03201fb1daf518c45a255037e8bd80c21c0543fe, the first after the release of 1.5.1. Its
-- partitioned and unlogged queues are left out, and read_with_poll: fewer than it has, never more.

create temp table kept (signature text primary key);
insert into kept values
  ('_belongs_to_pgmq(text)'),
  ('_extension_exists(text)'),
  ('acquire_queue_lock(text)'),
  ('delete(text,bigint)'),
  ('delete(text,bigint[])'),
  ('format_table_name(text,text)'),
  ('list_queues()'),
  ('metrics(text)'),
  ('metrics_all()'),
  ('purge_queue(text)'),
  ('send(text,jsonb)'),
  ('send(text,jsonb,jsonb)'),
  ('send(text,jsonb,integer)'),
  ('send(text,jsonb,timestamp with time zone)'),
  ('send(text,jsonb,jsonb,integer)'),
  ('send(text,jsonb,jsonb,timestamp with time zone)'),
  ('validate_queue_name(text)');

do $$
declare
  v_function record;
begin
  for v_function in
    select proc.oid::regprocedure as name
    from pg_proc as proc
    where pronamespace = 'pgmq'::regnamespace
      and not exists (select from kept where to_regprocedure('pgmq.' || signature) = proc.oid)
  loop
    if exists (select from pg_extension where extname = 'pgmq') then
      execute format('alter extension pgmq drop function %s', v_function.name);
    end if;
    execute format('drop function %s cascade', v_function.name);
  end loop;
end;
$$;

alter type pgmq.message_record drop attribute last_read_at;

create function pgmq.create(queue_name text)
returns void
language plpgsql
as $$
declare
  v_queue text := pgmq.format_table_name(queue_name, 'q');
  v_archive text := pgmq.format_table_name(queue_name, 'a');
begin
  execute format(
    'create table if not exists pgmq.%I (
      msg_id bigint primary key generated always as identity,
      read_ct integer not null default 0,
      enqueued_at timestamptz not null default now(),
      vt timestamptz not null,
      message jsonb,
      headers jsonb
    )',
    v_queue
  );
  execute format(
    'create table if not exists pgmq.%I (
      msg_id bigint primary key,
      read_ct integer not null default 0,
      enqueued_at timestamptz not null default now(),
      archived_at timestamptz not null default now(),
      vt timestamptz not null,
      message jsonb,
      headers jsonb
    )',
    v_archive
  );
  -- Its tables belong to the extension; later releases leave them to whoever creates them.
  if not pgmq._belongs_to_pgmq(v_queue) then
    execute format('alter extension pgmq add table pgmq.%I', v_queue);
    execute format('alter extension pgmq add sequence pgmq.%I', v_queue || '_msg_id_seq');
  end if;
  if not pgmq._belongs_to_pgmq(v_archive) then
    execute format('alter extension pgmq add table pgmq.%I', v_archive);
  end if;
  execute format('create index if not exists %I on pgmq.%I (vt)', v_queue || '_vt_idx', v_queue);
  execute format(
    'create index if not exists %I on pgmq.%I (archived_at)',
    'archived_at_idx_' || queue_name, v_archive
  );
  insert into pgmq.meta (queue_name, is_partitioned, is_unlogged) values (queue_name, false, false)
  on conflict do nothing;
end;
$$;

create function pgmq.read(queue_name text, vt integer, qty integer, conditional jsonb default '{}')
returns setof pgmq.message_record
language plpgsql
as $$
begin
  return query execute format(
    'with visible as (
      select msg_id from pgmq.%1$I
      where vt <= clock_timestamp() and ($3 = ''{}'' or message @> $3)
      order by msg_id
      limit $2
      for update skip locked
    )
    update pgmq.%1$I as message
    set vt = clock_timestamp() + make_interval(secs => $1), read_ct = read_ct + 1
    from visible
    where message.msg_id = visible.msg_id
    returning
      message.msg_id, message.read_ct, message.enqueued_at, message.vt, message.message, message.headers',
    pgmq.format_table_name(queue_name, 'q')
  ) using vt, qty, conditional;
end;
$$;

create function pgmq.set_vt(queue_name text, msg_id bigint, vt integer)
returns setof pgmq.message_record
language plpgsql
as $$
begin
  return query execute format(
    'update pgmq.%I set vt = clock_timestamp() + make_interval(secs => $2) where msg_id = $1 returning *',
    pgmq.format_table_name(queue_name, 'q')
  ) using msg_id, vt;
end;
$$;

create function pgmq.archive(queue_name text, msg_ids bigint[])
returns setof bigint
language plpgsql
as $$
begin
  return query execute format(
    'with archived as (
      delete from pgmq.%I where msg_id = any ($1)
      returning msg_id, vt, read_ct, enqueued_at, message, headers
    )
    insert into pgmq.%I (msg_id, vt, read_ct, enqueued_at, message, headers)
    select msg_id, vt, read_ct, enqueued_at, message, headers from archived
    returning msg_id',
    pgmq.format_table_name(queue_name, 'q'), pgmq.format_table_name(queue_name, 'a')
  ) using msg_ids;
end;
$$;

create function pgmq.archive(queue_name text, msg_id bigint)
returns boolean
language sql
as $$
  select exists (select pgmq.archive(queue_name, array[msg_id]));
$$;

create function pgmq.pop(queue_name text)
returns setof pgmq.message_record
language plpgsql
as $$
begin
  return query execute format(
    'delete from pgmq.%1$I
    where msg_id = (
      select msg_id from pgmq.%1$I where vt <= clock_timestamp()
      order by msg_id limit 1 for update skip locked
    )
    returning *',
    pgmq.format_table_name(queue_name, 'q')
  );
end;
$$;

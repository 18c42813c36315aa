begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(17);

select tests.clear();
select is(
  array(select private.schedule_problems()),
  array[
    'Extension pg_cron is missing: enable it, then select * from private.install_schedule()',
    'Extension pg_net is missing: enable it, then select * from private.install_schedule()',
    'Extension supabase_vault is missing: enable it, then select * from private.install_schedule()'
  ],
  'Here is none of the extensions, and that is told'
);
select is(private.wake_worker(), 'nothing is due', 'Nothing is woken for nothing');
select tests.submit('due');
select tests.show_message('due');
select matches(private.wake_worker(), 'cannot be reached', 'What cannot be done is told, not raised');

-- Stand-ins for pg_net and Vault, of the shape of the real ones.
create schema net;
create table net.calls (url text, body jsonb, headers jsonb, timeout_milliseconds integer);
create function net.http_post(
  url text, body jsonb default '{}', params jsonb default '{}',
  headers jsonb default '{"Content-Type": "application/json"}', timeout_milliseconds integer default 5000
)
returns bigint
language sql
as $$
  insert into net.calls values (url, body, headers, timeout_milliseconds) returning 1::bigint;
$$;
create schema vault;
create table vault.secrets (id uuid primary key default gen_random_uuid(), name text, secret text);
create view vault.decrypted_secrets as select *, secret as decrypted_secret from vault.secrets;
create function vault.create_secret(new_secret text, new_name text default null, new_description text default '')
returns uuid
language sql
as $$
  insert into vault.secrets (name, secret) values (new_name, new_secret) returning id;
$$;
create function vault.update_secret(
  secret_id uuid, new_secret text default null, new_name text default null, new_description text default null
)
returns void
language sql
as $$
  update vault.secrets set secret = new_secret where id = secret_id;
$$;

select matches(private.wake_worker(), 'cannot be reached', 'So is a missing address');
select is(
  array(select problem from private.schedule_problems() as problem where problem like '%no secret%'),
  array[
    'Vault has no secret worker_url: select private.connect_worker(url of the worker, WORKER_SECRET)',
    'Vault has no secret worker_secret: select private.connect_worker(url of the worker, WORKER_SECRET)'
  ],
  'with what to do'
);
select throws_like(
  $$ select private.connect_worker('https://x.supabase.co', 'worker-secret-1234') $$, '%p_url must be%',
  'An address that is not the worker''s is refused'
);
select throws_like(
  $$ select private.connect_worker('https://x.supabase.co/functions/v1/worker', 'short') $$,
  '%p_secret must be%', 'and a secret that the worker would not take'
);
select private.connect_worker('https://x.supabase.co/functions/v1/worker', 'worker-secret-1234');
select private.connect_worker('https://y.supabase.co/functions/v1/worker', 'worker-secret-5678');
select is((select count(*)::integer from vault.secrets), 2, 'Connecting again changes what is there');
select is(
  array(select problem from private.schedule_problems() as problem where problem like '%Vault%'), '{}',
  'Now the worker can be reached'
);

select is(private.wake_worker(), 'woken', 'A message that is due wakes the worker');
select results_eq(
  'table net.calls',
  $$
    values (
      'https://y.supabase.co/functions/v1/worker', '{}'::jsonb,
      '{"apikey": "worker-secret-5678", "Content-Type": "application/json"}'::jsonb, 3000
    )
  $$,
  'with its secret, and without waiting for long'
);

delete from net.calls;
select pgmq.set_vt('openai', (tests.task('due')).message_id, 30);
select is(private.wake_worker(), 'nothing is due', 'One that is hidden does not');
select tests.show_message('due');
insert into private.workers (id) select gen_random_uuid() from generate_series(1, 4);
select is(private.wake_worker(), 'enough workers are at work', 'nor if four are at work');
select is_empty('table net.calls', 'Nobody was called');
update private.workers set seen_at = now() - interval '1 minute'
where id = (select min(id::text)::uuid from private.workers);
select is(private.wake_worker(), 'woken', 'When one of them is lost, another is woken');
select tests.cancel('due');
select is(private.wake_worker(), 'nothing is due', 'What is settled wakes nobody');
select is((select count(*)::integer from net.calls), 1, 'So there was one call');

select * from finish();
rollback;

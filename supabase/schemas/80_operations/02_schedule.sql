-- What wakes the worker on the platform, and does maintenance when there is nothing to wake it for.
-- Where pg_cron, pg_net or Vault are missing nothing is scheduled; private.install_schedule() may
-- be called again at any time.

create or replace function private.vault_secret(p_name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if to_regnamespace('vault') is null then
    return null;
  end if;
  return (select decrypted_secret from vault.decrypted_secrets where name = p_name);
end;
$$;

comment on function private.vault_secret is 'A secret of Vault; null where there is no such secret, or no Vault.';

create or replace function private.connect_worker(p_url text, p_secret text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_secret record;
begin
  if p_url is null or p_url !~ '^https?://[^/]+/functions/v1/worker$' then
    raise exception
      'p_url must be https://REF.supabase.co/functions/v1/worker, with the project''s reference: %',
      p_url;
  end if;
  if p_secret is null or length(p_secret) < 16 then
    raise exception 'p_secret must be WORKER_SECRET of the functions, of at least 16 characters';
  end if;
  for v_secret in
    select *
    from (values ('worker_url', p_url), ('worker_secret', p_secret)) as secrets (name, value)
  loop
    if exists (select from vault.secrets where name = v_secret.name) then
      perform vault.update_secret(id, v_secret.value) from vault.secrets where name = v_secret.name;
    else
      perform vault.create_secret(v_secret.value, v_secret.name);
    end if;
  end loop;
end;
$$;

comment on function private.connect_worker is 'Keeps in Vault, as worker_url and worker_secret, how the schedule reaches the worker. Again with other values to change them.';

create or replace function private.wake_up_obstacle()
returns text
language plpgsql
set search_path = ''
as $$
begin
  if not private.should_wake_worker() then
    return 'enough workers are at work';
  end if;
  if not private.has_due_work() then
    return 'nothing is due';
  end if;
  return null;
end;
$$;

comment on function private.wake_up_obstacle is 'Why a schedule is not to wake the worker now; null if it is to.';

create or replace function private.wake_worker()
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_obstacle text := private.wake_up_obstacle();
  v_url text;
  v_secret text;
begin
  if v_obstacle is not null then
    return v_obstacle;
  end if;
  v_url := private.vault_secret('worker_url');
  v_secret := private.vault_secret('worker_secret');
  if v_url is null or v_secret is null or to_regnamespace('net') is null then
    return 'the worker cannot be reached: select * from private.schedule_problems()';
  end if;
  -- The worker answers at once. Nobody else's request waits for one that does not.
  perform net.http_post(
    url => v_url,
    body => '{}'::jsonb,
    headers => jsonb_build_object('Content-Type', 'application/json', 'apikey', v_secret),
    timeout_milliseconds => 3000
  );
  return 'woken';
end;
$$;

comment on function private.wake_worker is 'Wakes the worker if a message is due and fewer workers are live than private.max_workers. Returns what was done; raises nothing, since it is called every few seconds.';

create or replace function private.scheduled_jobs()
returns table (name text, schedule text, command text)
language sql
immutable
set search_path = ''
as $$
  values
    ('makeit3d-wake', '10 seconds', 'select private.wake_worker()'),
    ('makeit3d-reconcile', '* * * * *', 'select private.reconcile_if_due()'),
    -- Each time a transaction of some 10,000 rows: 14 million of each kind and queue a day.
    ('makeit3d-prune', '* * * * *', 'select private.prune()');
$$;

comment on function private.scheduled_jobs is 'What is done how often.';

create or replace function private.schedule_problems()
returns setof text
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select format(
    'Extension %s is missing: enable it, then select * from private.install_schedule()', extension
  )
  from (
    values ('pg_cron', 'cron'), ('pg_net', 'net'), ('supabase_vault', 'vault')
  ) as needed (extension, schema)
  where to_regnamespace(schema) is null;

  return query
  select format(
    'Vault has no secret %s: select private.connect_worker(url of the worker, WORKER_SECRET)', name
  )
  from unnest(array['worker_url', 'worker_secret']) as name
  where to_regnamespace('vault') is not null and private.vault_secret(name) is null;

  if to_regnamespace('cron') is not null then
    return query
    select case
      when job.jobid is null or not job.active
        then format(
          'Job %s is not scheduled: select * from private.install_schedule()', wanted.name
        )
      else format(
        'Job %s is scheduled as %s instead of %s', wanted.name, job.schedule, wanted.schedule
      )
    end
    from private.scheduled_jobs() as wanted
    left join cron.job on job.jobname = wanted.name
    where job.jobid is null or not job.active or job.schedule <> wanted.schedule;
  end if;
end;
$$;

comment on function private.schedule_problems is 'What keeps the schedule from waking the worker in time, for the operator; no row if nothing does.';

create or replace function private.install_schedule()
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_job record;
begin
  if to_regnamespace('cron') is not null then
    perform cron.unschedule(jobid)
    from cron.job
    where jobname like 'makeit3d-%' and jobname not in (select name from private.scheduled_jobs());
    for v_job in select * from private.scheduled_jobs() loop
      begin
        -- A job of that name is replaced.
        perform cron.schedule(v_job.name, v_job.schedule, v_job.command);
      exception
        when invalid_parameter_value then
          -- pg_cron before 1.5 knows no seconds.
          raise notice '% runs only every minute: %', v_job.name, sqlerrm;
          perform cron.schedule(v_job.name, '* * * * *', v_job.command);
      end;
    end loop;
  end if;
  return query select * from private.schedule_problems();
end;
$$;

comment on function private.install_schedule is 'Schedules the jobs anew, as far as the extensions for it are there, and returns what is missing.';

-- On the platform these are at hand, and Vault is there already. Elsewhere they may be missing, or
-- the server may not be set up for them.
do $$
declare
  v_statement text;
  v_problem text;
begin
  for v_statement in
    select statement
    from (
      values
        ('pg_cron', 'create extension if not exists pg_cron'),
        ('pg_net', 'create extension if not exists pg_net with schema extensions'),
        ('supabase_vault', 'create extension if not exists supabase_vault')
    ) as wanted (name, statement)
    join pg_available_extensions using (name)
  loop
    begin
      execute v_statement;
    exception
      when others then raise notice '%: %', v_statement, sqlerrm;
    end;
  end loop;

  for v_problem in select * from private.install_schedule() loop
    raise notice '%', v_problem;
  end loop;
end;
$$;

-- What workers do periodically beside tasks, and when it last ran.

create table private.maintenance_jobs (
  job text not null,
  run_every interval not null,
  last_run_at timestamptz not null default '-infinity',
  last_failed_at timestamptz,
  last_error text,

  constraint maintenance_jobs_pkey primary key (job),
  constraint maintenance_jobs_run_every_is_positive check (run_every > interval '0')
);

comment on table private.maintenance_jobs is 'What is done how often by whichever worker asks first, and when it last was.';
comment on column private.maintenance_jobs.last_run_at is 'When it was begun last. infinity: it is not to be done.';
comment on column private.maintenance_jobs.last_failed_at is 'When it failed last. Not before last_run_at: that was the last time.';
comment on column private.maintenance_jobs.last_error is 'What went wrong then.';

alter table private.maintenance_jobs enable row level security;

insert into private.maintenance_jobs (job, run_every) values
  ('reconcile', '1 minute'),
  ('files to remove', '10 seconds'),
  ('orphaned files', '1 minute'),
  ('reported files', '1 minute'),
  ('unused inputs', '10 minutes'),
  ('model lists', '1 day');

create or replace function private.take_maintenance_job(p_job text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  -- A locked row means that another worker is taking the job.
  perform
  from private.maintenance_jobs
  where job = p_job and last_run_at < now() - run_every
  for update skip locked;
  if not found then
    return false;
  end if;
  update private.maintenance_jobs set last_run_at = now() where job = p_job;
  return true;
end;
$$;

comment on function private.take_maintenance_job is 'Whether a job is due, and the caller is the one to do it.';

create or replace function private.hasten_maintenance_job(p_job text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- infinity: it is not to be done, whoever asks.
  update private.maintenance_jobs set last_run_at = '-infinity'
  where job = p_job and last_run_at <> 'infinity';
end;
$$;

comment on function private.hasten_maintenance_job is 'Makes a job due at once.';

create or replace function private.repeat_maintenance_job(p_job text)
returns void
language sql
set search_path = ''
as $$
  update private.maintenance_jobs set last_run_at = now() - run_every - interval '1 microsecond'
  where job = p_job;
$$;

comment on function private.repeat_maintenance_job is 'Makes a job that was taken due again at once, for whoever asks: there may be more to do. It is not late.';

create or replace function private.fail_maintenance_job(p_job text, p_error text)
returns void
language sql
set search_path = ''
as $$
  update private.maintenance_jobs
  set
    -- The failure may have undone this, and then the job would be tried again at once.
    last_run_at = greatest(last_run_at, now()),
    last_failed_at = now(),
    last_error = left(p_error, 1000)
  where job = p_job;
$$;

comment on function private.fail_maintenance_job is 'Keeps how a job failed, for the alert maintenance_failing. It is due again when it would be after a success.';

begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(6);

create function pg_temp.was_read(p_time timestamptz)
returns void
language sql
as $$
  update private.maintenance_jobs set last_run_at = p_time where job = 'model lists';
$$;

select tests.clear();
delete from private.files_to_remove;
select pg_temp.was_read(now() - interval '23 hours');
select is(private.has_due_work(), false, 'Lists that were read today wake nobody');
select is(private.take_maintenance_job('model lists'), false, 'and are not read again');
select pg_temp.was_read(now() - interval '25 hours');
select is(private.has_due_work(), true, 'A day later a worker is woken for them');
select is(private.take_maintenance_job('model lists'), true, 'and reads them');
select is(private.has_due_work(), false, 'once');
select pg_temp.was_read('-infinity');
select is(private.has_due_work(), false, 'The first time it waits for one that has other work, too');

select * from finish();
rollback;

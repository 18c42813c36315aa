/**
 * The platform's extensions, as far as docs/operations.md speaks of them; the local stack has none of
 * them. Run as the role `postgres`, in a transaction that is rolled back.
 */
export const PLATFORM_STAND_INS = `
  do $$
  begin
    if to_regnamespace('cron') is null then
      create schema cron;
      create table cron.job (
        jobid bigint generated always as identity, jobname text unique, schedule text, command text,
        active boolean default true
      );
      create table cron.job_run_details (
        runid bigint generated always as identity, jobid bigint, status text, return_message text,
        start_time timestamptz, end_time timestamptz
      );
      create function cron.schedule(job_name text, schedule text, command text) returns bigint
      language sql as 'insert into cron.job as job (jobname, schedule, command) values ($1, $2, $3)
        on conflict (jobname) do update set schedule = $2, command = $3, active = true returning jobid';
      create function cron.unschedule(job_id bigint) returns boolean
      language sql as 'delete from cron.job where jobid = $1 returning true';
    end if;
    if to_regnamespace('net') is null then
      create schema net;
      create table net.posts (url text, body jsonb);
      create table net._http_response (
        id bigint, status_code integer, content text, created timestamptz
      );
      create function net.http_post(
        url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{}',
        timeout_milliseconds integer default 5000
      ) returns bigint language sql as 'insert into net.posts values ($1, $2) returning 1::bigint';
    end if;
    if to_regnamespace('vault') is null then
      create schema vault;
      create table vault.secrets (id uuid default gen_random_uuid(), name text, secret text);
      create view vault.decrypted_secrets as
      select id, name, secret as decrypted_secret from vault.secrets;
      create function vault.create_secret(new_secret text, new_name text) returns uuid
      language sql as
      'insert into vault.secrets (name, secret) values ($2, $1) returning id';
      create function vault.update_secret(secret_id uuid, new_secret text) returns void
      language sql as 'update vault.secrets set secret = $2 where id = $1';
    end if;
  end;
  $$;
`;

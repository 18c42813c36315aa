-- What a submit asks of limits beside its own reading.

create or replace function private.lock_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('submit ' || p_user_id, 0));
end;
$$;

comment on function private.lock_user is 'Until the end of the transaction nothing else is submitted for this user: what is counted stays true, and one task_id is accepted once.';

create or replace function private.refuse_content(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_user(p_user_id);
  perform from auth.users where id = p_user_id for key share;
  if found then
    perform private.count_refusal(p_user_id, 'moderation');
  end if;
end;
$$;

comment on function private.refuse_content is 'Counts a request that the check before the queue has refused. Nothing happens for a user who is gone.';

create or replace function private.count_key_submit(
  p_api_key_id uuid,
  p_allowed integer,
  p_is_dry_run boolean,
  out exceeded_limit text,
  out retry_after_seconds integer
)
language plpgsql
set search_path = ''
as $$
declare
  v_second timestamptz;
  v_full_since timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('key ' || p_api_key_id, 0));
  v_second := date_trunc('second', clock_timestamp());
  delete from private.key_submits
  where api_key_id = p_api_key_id and second < v_second - interval '1 minute';

  select second into v_full_since
  from (
    select second, sum(submits) over (order by second desc) as submits_since
    from private.key_submits
    where api_key_id = p_api_key_id
  ) as seconds
  where submits_since >= p_allowed
  order by second desc
  limit 1;
  if found then
    exceeded_limit := 'key_submits_per_minute';
    -- A second leaves the window as a whole.
    retry_after_seconds := ceil(
      extract(epoch from v_full_since + interval '61 seconds' - clock_timestamp())
    );
    return;
  end if;
  if p_is_dry_run then
    return;
  end if;

  insert into private.key_submits (api_key_id, second, submits)
  values (p_api_key_id, v_second, 1)
  on conflict (api_key_id, second) do update set submits = key_submits.submits + 1;
end;
$$;

comment on function private.count_key_submit is 'Counts a submit with an API key that has a limit, or returns that it is reached and when to try again. The users of such a key wait here for one another: to be called last, when all that remains is to write.';

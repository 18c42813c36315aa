-- Budgets: what each task counts, and for whom. A task counts with its estimate for each call that
-- may be billed, and when it has ended, with what the ledger says, on the day of its submit.
--
-- Locks are taken in one order: the row of the user, then project, provider and key. Far from a cap
-- submits add to stripes, rows of their own, and wait for nobody. A stripe holds so little that
-- all together hold a tenth of a cap, so whoever counts exactly from eight tenths in
-- private.spending on is exact in the last tenth. Then, and when a stripe is full, all is counted
-- there.

create or replace function private.stripe_count()
returns integer
language sql
immutable
set search_path = ''
return 16;

comment on function private.stripe_count is 'How many submits may count at the same time for a provider and a key.';

create or replace function private.most_stripes()
returns integer
language sql
immutable
set search_path = ''
return 256;

comment on function private.most_stripes is 'How many stripes there are at most. Providers and keys that come later are counted without.';

create or replace function private.no_key()
returns uuid
language sql
immutable
set search_path = ''
return 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid;

comment on function private.no_key is 'Stands for keys without a cap, which are not counted one by one.';

create or replace function private.spending_day(p_at timestamptz)
returns date
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (p_at at time zone 'UTC')::date;
end;
$$;

comment on function private.spending_day is 'The day, in UTC, that a task counts in which was submitted then.';

create or replace function private.call_cost_usd(
  p_outcome text,
  p_cost_usd numeric,
  p_estimate_usd numeric
)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_outcome = 'failed' then 0
    else coalesce(p_cost_usd, p_estimate_usd, 0)
  end;
end;
$$;

comment on function private.call_cost_usd is 'What a call has cost: nothing if it failed, else what the provider has said, or the estimate. An ambiguous call counts as billed; an open one as what it may cost.';

create or replace function private.task_cost_usd(p_task_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(private.call_cost_usd(outcome, cost_usd, estimate_usd)), 0)
    from private.provider_calls
    where task_id = p_task_id
  );
end;
$$;

comment on function private.task_cost_usd is 'What the calls of a task have cost by the ledger.';

create or replace function private.own_stripe()
returns smallint
language plpgsql
stable
set search_path = ''
as $$
begin
  return pg_backend_pid() % private.stripe_count();
end;
$$;

comment on function private.own_stripe is 'The stripe that this connection counts in.';

create or replace function private.add_to_spending(
  p_scope text,
  p_scope_id text,
  p_day date,
  p_usd numeric
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.spending as spending (scope, scope_id, day, used_usd)
  values (p_scope, p_scope_id, p_day, p_usd)
  on conflict (scope, scope_id, day) do update
  set used_usd = spending.used_usd + excluded.used_usd;
end;
$$;

comment on function private.add_to_spending is 'Counts for one of the project, a provider or a key, and locks its row.';

create or replace function private.count_in_row(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.add_to_spending('project', '', p_day, p_usd);
  perform private.add_to_spending('provider', p_provider, p_day, p_usd);
  if p_api_key_id <> private.no_key() then
    perform private.add_to_spending('key', p_api_key_id::text, p_day, p_usd);
  end if;
end;
$$;

comment on function private.count_in_row is 'Counts for project, provider and key at once, in this order. p_usd may be negative, or nothing, to lock the rows.';

create or replace function private.empty_stripe(p_provider text, p_api_key_id uuid, p_day date)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_stripe private.spending_stripes;
begin
  select * into v_stripe
  from private.spending_stripes
  where provider = p_provider and api_key_id = p_api_key_id and stripe = private.own_stripe();
  if not found then
    if (select count(*) from private.spending_stripes) < private.most_stripes() then
      insert into private.spending_stripes (provider, api_key_id, stripe, day)
      values (p_provider, p_api_key_id, private.own_stripe(), p_day)
      on conflict do nothing;
    end if;
    return;
  end if;
  if v_stripe.day > p_day -- It was midnight since this transaction began.
    or (v_stripe.day = p_day and v_stripe.used_usd = 0)
  then
    return;
  end if;
  if v_stripe.day < p_day then
    -- The rows that all share first, of later days before earlier ones; then the stripe.
    perform private.count_in_row(p_provider, p_api_key_id, v_stripe.day, 0);
  end if;
  select * into v_stripe
  from private.spending_stripes
  where provider = p_provider
    and api_key_id = p_api_key_id
    and stripe = v_stripe.stripe
    and day = v_stripe.day
  for update;
  if found then
    perform private.count_in_row(p_provider, p_api_key_id, v_stripe.day, v_stripe.used_usd);
    update private.spending_stripes
    set day = p_day, used_usd = 0
    where provider = p_provider and api_key_id = p_api_key_id and stripe = v_stripe.stripe;
  end if;
end;
$$;

comment on function private.empty_stripe is 'Adds the stripe of this connection to private.spending, and leaves it for this day. To be called after private.count_in_row has locked the rows there.';

create or replace function private.used_usd(p_scope text, p_scope_id text, p_from date, p_to date)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(used_usd), 0)
    from private.spending
    where scope = p_scope and scope_id = p_scope_id and day between p_from and p_to
  ) + (
    select coalesce(sum(used_usd), 0)
    from private.spending_stripes
    where day between p_from and p_to
      and case p_scope
        when 'provider' then provider = p_scope_id
        when 'key' then api_key_id::text = p_scope_id
        else true
      end
  );
end;
$$;

comment on function private.used_usd is 'What was used of the budgets of these days, both included: of project, provider or key.';

create or replace function private.count_in_stripe(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_stripe smallint := private.own_stripe();
begin
  update private.spending_stripes
  set used_usd = used_usd + p_usd
  where provider = p_provider
    and api_key_id = p_api_key_id
    and stripe = v_stripe
    and day = p_day;
  return found;
end;
$$;

comment on function private.count_in_stripe is 'Counts in the stripe of this connection. Returns whether there is one for this day.';

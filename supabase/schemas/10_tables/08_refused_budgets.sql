-- Caps for which a submit was refused: the operator is told, also where something smaller would
-- fit.

create table private.refused_budgets (
  scope text not null,
  scope_id text not null,
  period text not null,
  period_start date not null,
  cap_usd numeric(12, 2) not null,
  refused_at timestamptz not null default now(),

  constraint refused_budgets_pkey primary key (scope, scope_id, period, period_start),
  constraint refused_budgets_scope_is_known check (scope in ('project', 'provider', 'key')),
  constraint refused_budgets_period_is_known check (period in ('day', 'month'))
);

comment on table private.refused_budgets is 'For which cap a submit was refused, in which day or month: the first of them under this cap.';
comment on column private.refused_budgets.cap_usd is 'The cap as it was then: under a higher one there is room again.';

alter table private.refused_budgets enable row level security;

create or replace function private.note_refused_budget(
  p_exceeded_limit text,
  p_provider text,
  p_api_key_id uuid,
  p_cap_usd numeric
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_scope text := split_part(p_exceeded_limit, '_usd_per_', 1);
  v_scope_id text := case v_scope
    when 'provider' then p_provider
    when 'key' then p_api_key_id::text
    else ''
  end;
  v_period text := split_part(p_exceeded_limit, '_usd_per_', 2);
  v_period_start date := date_trunc(v_period, now() at time zone 'UTC')::date;
begin
  if exists (
    select from private.refused_budgets
    where scope = v_scope
      and scope_id = v_scope_id
      and period = v_period
      and period_start = v_period_start
      and cap_usd = p_cap_usd
  ) then
    return;
  end if;
  insert into private.refused_budgets (scope, scope_id, period, period_start, cap_usd)
  values (v_scope, v_scope_id, v_period, v_period_start, p_cap_usd)
  on conflict on constraint refused_budgets_pkey do update
  set cap_usd = excluded.cap_usd, refused_at = excluded.refused_at;
end;
$$;

comment on function private.note_refused_budget is 'Notes that a submit was refused for a cap, such as project_usd_per_day. Refusals are many: only the first under a cap is written.';

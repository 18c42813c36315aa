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
  p_scope text,
  p_scope_id text,
  p_period text,
  p_cap_usd numeric
)
returns void
language sql
set search_path = ''
as $$
  insert into private.refused_budgets as refused (scope, scope_id, period, period_start, cap_usd)
  values (
    p_scope, p_scope_id, p_period, date_trunc(p_period, now() at time zone 'UTC')::date, p_cap_usd
  )
  on conflict on constraint refused_budgets_pkey do update
  set cap_usd = excluded.cap_usd, refused_at = now()
  where refused.cap_usd <> excluded.cap_usd;
$$;

comment on function private.note_refused_budget is 'Notes that a submit was refused for a cap. Refusals are many: only the first under a cap is written.';

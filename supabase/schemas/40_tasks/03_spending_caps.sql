-- Whether a request fits into the budgets of project, provider and key.

create or replace function private.exceeded_budget(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric,
  p_caps private.spending_caps,
  out exceeded_limit text,
  out used numeric,
  out allowed numeric,
  out resets_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_month date := date_trunc('month', p_day);
begin
  resets_at := (p_day + 1)::timestamp at time zone 'UTC';
  used := private.used_usd('project', '', p_day, p_day);
  allowed := p_caps.project_day;
  if used + p_usd > allowed then
    exceeded_limit := 'project_usd_per_day';
    return;
  end if;
  used := private.used_usd('provider', p_provider, p_day, p_day);
  allowed := p_caps.provider_day;
  if used + p_usd > allowed then
    exceeded_limit := 'provider_usd_per_day';
    return;
  end if;
  if p_api_key_id <> private.no_key() then
    used := private.used_usd('key', p_api_key_id::text, p_day, p_day);
    allowed := p_caps.key_day;
    if used + p_usd > allowed then
      exceeded_limit := 'key_usd_per_day';
      return;
    end if;
  end if;
  -- Last: it is the longest to wait for.
  used := private.used_usd('project', '', v_month, p_day);
  allowed := p_caps.project_month;
  if used + p_usd > allowed then
    exceeded_limit := 'project_usd_per_month';
    resets_at := (v_month + interval '1 month') at time zone 'UTC';
    return;
  end if;
  used := null;
  allowed := null;
  resets_at := null;
end;
$$;

comment on function private.exceeded_budget is 'Which budget a request does not fit into, how much of it is used, and when it begins anew; nulls if it fits into all.';

create or replace function private.reserve_exactly(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric,
  p_caps private.spending_caps,
  p_is_dry_run boolean,
  out exceeded_limit text,
  out used numeric,
  out allowed numeric,
  out resets_at timestamptz
)
language plpgsql
set search_path = ''
as $$
declare
  v_budget record;
begin
  if not p_is_dry_run then
    -- From here on others who are near a cap wait.
    perform private.count_in_row(p_provider, p_api_key_id, p_day, 0);
  end if;
  v_budget := private.exceeded_budget(p_provider, p_api_key_id, p_day, p_usd, p_caps);
  exceeded_limit := v_budget.exceeded_limit;
  used := v_budget.used;
  allowed := v_budget.allowed;
  resets_at := v_budget.resets_at;
  if exceeded_limit is null and not p_is_dry_run then
    perform private.count_in_row(p_provider, p_api_key_id, p_day, p_usd);
    perform private.empty_stripe(p_provider, p_api_key_id, p_day);
  end if;
end;
$$;

comment on function private.reserve_exactly is 'Counts a request that fits into all budgets, or says as private.exceeded_budget which it does not fit into.';

-- How many rows a user may have in public.input_assets, and who may add any. What one row may hold
-- is said by its constraints.

create or replace function private.check_input_asset_limits()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_allowed integer := (select user_input_assets from private.limits);
  v_user_id uuid;
begin
  if auth.uid() is not null and not private.may_store(auth.uid()) then
    raise exception 'This user may not add input assets'
      using errcode = 'insufficient_privilege';
  end if;
  for v_user_id in select distinct user_id from added loop
    -- Those who add at the same time count one after the other.
    perform pg_advisory_xact_lock(hashtextextended('input assets ' || v_user_id, 0));
    if (
      select count(*) > v_allowed
      from (
        select from public.input_assets where user_id = v_user_id limit v_allowed + 1
      ) as counted
    ) then
      raise exception 'Limit of % input assets for each user reached; delete some', v_allowed
        using errcode = 'check_violation', constraint = 'input_assets_user_limit';
    end if;
  end loop;
  return null;
end;
$$;

comment on function private.check_input_asset_limits is 'Trigger: no user has more rows than private.limits.user_input_assets, and whoever may store nothing adds none.';

create or replace trigger input_assets_limits
  after insert on public.input_assets
  referencing new table as added
  for each statement
  execute function private.check_input_asset_limits();

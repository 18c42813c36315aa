-- What is wrong with providers, and with what is known of them.

create or replace function monitoring.find_access_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    last.error_code, lanes.provider,
    case last.error_code
      when 'provider_auth' then 'The provider refuses the key'
      else 'The provider says that the credits are used up'
    end,
    monitoring.failing_since(lanes.provider)
  from private.lanes
  join lateral (
    select error_code
    from private.provider_calls
    where provider = lanes.provider
      and started_at > now() - interval '1 day'
      and outcome is not null
      and sent_at is not null
    order by started_at desc
    limit 1
  ) as last on last.error_code in ('provider_auth', 'provider_credits');
$$;

comment on function monitoring.find_access_problems is 'Providers that had no key or money for the last call. A call that they answer ends the alert.';

create or replace function monitoring.find_ambiguous_calls()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'ambiguous_calls', provider,
    format(
      '%s of %s calls in the last hour may have been billed for nothing',
      count(*) filter (where outcome = 'ambiguous'), count(*)
    ),
    min(finished_at) filter (where outcome = 'ambiguous')
  from private.provider_calls
  where provider = any (array(select lanes.provider from private.lanes))
    and started_at > now() - interval '1 hour'
    and outcome is not null
    and sent_at is not null
  group by provider
  having count(*) filter (where outcome = 'ambiguous') >= monitoring.threshold('ambiguous_calls')
    and count(*) filter (where outcome = 'ambiguous')
      > monitoring.threshold('ambiguous_share') * count(*);
$$;

comment on function monitoring.find_ambiguous_calls is 'Providers with a large share of ambiguous calls.';

create or replace function monitoring.find_model_shutdowns()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'model_shutdown', ends.provider || ' ' || ends.model,
    format(
      'The model is in use and %s shut down on %s',
      case when ends.shut_down_on > current_date then 'will be' else 'was' end, ends.shut_down_on
    ),
    null::timestamptz
  from monitoring.model_shutdowns as ends
  where ends.shut_down_on < current_date + monitoring.threshold('shutdown_days')::integer
    and (ends.provider, ends.model) in (
      select used.provider, used.model from monitoring.models_in_use() as used
    );
$$;

comment on function monitoring.find_model_shutdowns is 'Models that come to their end and are in use.';

create or replace function monitoring.find_missing_models()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'model_missing', missing.provider || ' ' || missing.model,
    'The provider''s own list of models does not have it', missing.first_missed_at
  from monitoring.missing_models as missing
  where missing.is_default
    or (missing.provider, missing.model) in (
      select used.provider, used.model from monitoring.models_in_use() as used
    );
$$;

comment on function monitoring.find_missing_models is 'Models that their provider does not list, and that are in use or would be.';

create or replace function monitoring.find_unlisted_hosts()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'unlisted_host', provider || ' ' || host,
    'Results that are paid lie on a host that is not listed, and are not fetched', first_seen_at
  from private.unlisted_hosts
  where last_seen_at > monitoring.seconds_ago('unlisted_host_seconds');
$$;

comment on function monitoring.find_unlisted_hosts is 'Hosts to which a provider pointed lately for a result, and that are not listed.';

begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(29);

select tests.clear();
insert into private.api_keys (prefix, key_hash, client_name, usd_per_day)
values
  ('m3d_test_capped0', extensions.digest('capped', 'sha256'), 'Capped', 0.5),
  ('m3d_test_free000', extensions.digest('free', 'sha256'), 'Free', null);
create function pg_temp.key(p_name text)
returns uuid
language sql
return (select id from private.api_keys where client_name = p_name);
-- What a request of this is told, and that it changes nothing if it is refused.
create function pg_temp.ask(
  p_usd numeric,
  p_results integer default 1,
  p_output text default 'image',
  p_key text default null,
  p_provider text default 'openai'
)
returns text
language plpgsql
as $$
declare
  v_before jsonb := tests.everything();
  v_answer record;
begin
  select * into v_answer
  from tests.submit(
    gen_random_uuid()::text, p_results, p_output => p_output, p_provider => p_provider,
    p_estimate_usd => p_usd, p_api_key_id => pg_temp.key(p_key)
  );
  if v_answer.exceeded_limit is null then
    return 'accepted';
  end if;
  if v_answer.id is not null or tests.everything() <> v_before then
    return 'changed something';
  end if;
  if v_answer.retry_after_seconds is distinct from ceil(extract(epoch from v_answer.resets_at - now()))
  then
    return 'does not say when to try again';
  end if;
  return concat_ws(
    ' ', v_answer.exceeded_limit, trim_scale(v_answer.used), 'of', trim_scale(v_answer.allowed),
    -- By the limit, because a month may end today.
    case
      when v_answer.exceeded_limit like '%_per_month' then
        case v_answer.resets_at at time zone 'UTC'
          when date_trunc('month', now() at time zone 'UTC') + interval '1 month' then 'this month'
        end
      when v_answer.resets_at at time zone 'UTC' = (now() at time zone 'UTC')::date + 1 then 'today'
    end
  );
end;
$$;

update private.plans set usd_per_day = 0.3, images_per_day = 4, models_per_day = 1;
select is(pg_temp.ask(0.31), 'usd_per_day 0 of 0.3 today', 'A user''s cap is not passed by one request');
select is(pg_temp.ask(0.1, 5), 'images_per_day 0 of 4 today', 'nor a quota of images');
select is(pg_temp.ask(0.1, 2, 'model'), 'models_per_day 0 of 1 today', 'nor one of models');
select is(pg_temp.ask(0.1), 'accepted', 'What fits is accepted');
select is(pg_temp.ask(0.21), 'usd_per_day 0.1 of 0.3 today', 'What is used is said');
select is(pg_temp.ask(0.1, 3), 'accepted', 'The last image is accepted');
select is(pg_temp.ask(0), 'images_per_day 4 of 4 today', 'and no other');
select is(pg_temp.ask(0.1, 1, 'model'), 'accepted', 'The last cent is accepted');
select is(pg_temp.ask(0, 1, 'model'), 'models_per_day 1 of 1 today', 'Models have their own quota');
update private.plans set images_per_day = null, models_per_day = null;
select is(pg_temp.ask(0.01), 'usd_per_day 0.3 of 0.3 today', 'and no cent more');
select is(pg_temp.ask(0), 'accepted', 'but what costs nothing');

update private.plans set usd_per_day = null;
update private.limits set project_usd_per_day = 0.5;
select is(pg_temp.ask(0.21), 'project_usd_per_day 0.3 of 0.5 today', 'Then the project''s');
update private.limits set project_usd_per_day = 5, provider_usd_per_day = 0.5;
select is(pg_temp.ask(0.21), 'provider_usd_per_day 0.3 of 0.5 today', 'each provider''s');
select is(pg_temp.ask(0.21, p_provider => 'stability'), 'accepted', 'which is no other''s');
update private.lanes set usd_per_day = 0.6 where provider = 'openai';
select is(pg_temp.ask(0.31), 'provider_usd_per_day 0.3 of 0.6 today', 'A lane may have its own');
update private.limits set provider_usd_per_day = null;
update private.lanes set usd_per_day = null;
select is(pg_temp.ask(0.51, p_key => 'Capped'), 'key_usd_per_day 0 of 0.5 today', 'each key''s that has one');
select is(pg_temp.ask(0.5, p_key => 'Capped'), 'accepted', 'to the last cent');
select is(pg_temp.ask(0.01, p_key => 'Capped'), 'key_usd_per_day 0.5 of 0.5 today', 'and no more');
select is(pg_temp.ask(0.01, p_key => 'Free'), 'accepted', 'which is no other''s');
update private.limits set key_usd_per_day = 0.2;
select is(pg_temp.ask(0.21, p_key => 'Free'), 'key_usd_per_day 0 of 0.2 today', 'All keys may have one from now on');
update private.limits set project_usd_per_month = 1.1;
insert into private.spending (scope, scope_id, day, used_usd)
values ('project', '', private.spending_day(now()) - 40, 50);
select is(pg_temp.ask(0.09), 'project_usd_per_month 1.02 of 1.1 this month', 'and last the project''s of a month');
select is(pg_temp.ask(0.08), 'accepted', 'in which the last month does not count');
select is(tests.used_usd(), array[1.1, 1.1, 0.89], 'All this is what was accepted');

select tests.clear();
update private.limits set project_usd_per_day = 0.1;
select is(pg_temp.ask(0.1), 'accepted', 'The project''s cap is filled to the last cent');
select is(pg_temp.ask(0.01), 'project_usd_per_day 0.1 of 0.1 today', 'and not beyond');
select tests.clear();
update private.limits set provider_usd_per_day = 0.1;
select is(pg_temp.ask(0.1), 'accepted', 'So is a provider''s');
select is(pg_temp.ask(0.01), 'provider_usd_per_day 0.1 of 0.1 today', 'and not beyond');
select tests.clear();
update private.limits set project_usd_per_month = 0.1;
select is(pg_temp.ask(0.1), 'accepted', 'and that of a month');
select is(pg_temp.ask(0.01), 'project_usd_per_month 0.1 of 0.1 this month', 'and not beyond');

select * from finish();
rollback;

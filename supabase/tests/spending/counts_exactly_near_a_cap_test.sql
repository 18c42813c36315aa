begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

select tests.clear();
insert into private.api_keys (prefix, key_hash, client_name, usd_per_day)
values ('m3d_test_capped0', extensions.digest('capped', 'sha256'), 'Capped', 100);

create function pg_temp.key_id()
returns uuid
language sql
as $$ select id from private.api_keys where client_name = 'Capped' $$;

-- What is in the stripe after a submit for a cent. It is emptied where all is counted exactly.
create function pg_temp.stripe_after(p_before numeric, p_api_key_id uuid default private.no_key())
returns numeric
language plpgsql
as $$
begin
  delete from private.spending_stripes;
  insert into private.spending_stripes (provider, api_key_id, stripe, day, used_usd)
  values ('openai', p_api_key_id, private.own_stripe(), private.spending_day(now()), p_before);
  perform tests.submit(
    gen_random_uuid()::text, p_estimate_usd => 0.01,
    p_api_key_id => nullif(p_api_key_id, private.no_key())
  );
  return (select used_usd from private.spending_stripes);
end;
$$;

update private.limits set project_usd_per_day = 100;
select is(pg_temp.stripe_after(0.01), 0.02, 'Far from a cap a submit adds to a stripe');
-- A tenth of the cap, by 256.
select is(pg_temp.stripe_after(0.035), 0.0, 'which holds its share of a tenth of the cap');
select is(pg_temp.stripe_after(-0.02), 0.0, 'and nothing that was given back');
select tests.spend(79);
select is(pg_temp.stripe_after(0.01), 0.02, 'Up to eight tenths it does');
select tests.spend(1);
select is(pg_temp.stripe_after(0.01), 0.0, 'From there on all is counted at once: of a day of the project');
update private.limits set project_usd_per_day = null, project_usd_per_month = 100;
select is(pg_temp.stripe_after(0.01), 0.0, 'of its month');
update private.limits set project_usd_per_month = null, provider_usd_per_day = 100;
select is(pg_temp.stripe_after(0.01), 0.02, 'of no other provider');
select tests.spend(80, 'provider', 'openai');
select is(pg_temp.stripe_after(0.01), 0.0, 'of the provider');
update private.limits set provider_usd_per_day = null;
select is(pg_temp.stripe_after(0.01, pg_temp.key_id()), 0.02, 'of no other key');
select tests.spend(80, 'key', pg_temp.key_id()::text);
select is(pg_temp.stripe_after(0.01, pg_temp.key_id()), 0.0, 'and of the key');
select is(pg_temp.stripe_after(0.01), 0.02, 'which is in nobody else''s way');

-- What no cap is asked for.
update private.spending_stripes set used_usd = 0.01, api_key_id = private.no_key();
select id from private.submit_task(
  tests.user_id('ann'), 'replayed', 'text-to-image', 'openai', '{}', 'image', 1, 600, 'request',
  p_estimate_usd => 0.01, p_is_limited => false
);
select is(
  (select used_usd from private.spending_stripes), 0.01,
  'What an operator accepts is seen at once by all who ask'
);

select * from finish();
rollback;

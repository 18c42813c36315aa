-- What makes a local stack handy and a public one everybody's: users and a key that the README names,
-- and no limits. `deno task dev` runs it. Nothing else does: supabase/config.toml turns the platform's
-- own seeding off, which preview branches and `db reset --linked` would do; and whoever runs it must
-- say that the database is a local one: set makeit3d.is_local = 'yes';
-- It is one statement, so that all of it is refused, or nothing.

do $seed$
begin
  if current_setting('makeit3d.is_local', true) is distinct from 'yes' then
    raise exception 'The seed is for local stacks only'
      using hint = 'It makes users and a key that everybody knows, and lifts the limits.';
  end if;

  -- The test users of the API guide. The empty strings and the instance are what the hosted Auth
  -- server expects of a row that it did not write itself.
  insert into auth.users (
    id, aud, role, email, encrypted_password, email_confirmed_at,
    confirmation_token, recovery_token, email_change, email_change_token_new,
    raw_app_meta_data, raw_user_meta_data, created_at, updated_at
  )
  select
    id, 'authenticated', 'authenticated', email,
    extensions.crypt('password', extensions.gen_salt('bf')), now(),
    '', '', '', '',
    '{"provider": "email", "providers": ["email"]}'::jsonb || app_metadata, '{}', now(), now()
  from (
    values
      ('00000000-0000-4000-8000-000000000001'::uuid, 'test@example.com', '{}'::jsonb),
      ('123e4567-e89b-12d3-a456-426614174000', 'test-user@example.com', '{}'),
      -- Not one of the guide's: who sees and changes what goes on.
      (
        '00000000-0000-4000-8000-000000000003', 'operator@example.com',
        '{"role": "operator"}'
      )
  ) as test_users (id, email, app_metadata)
  on conflict do nothing;

  if exists (
    select from information_schema.columns
    where table_schema = 'auth' and table_name = 'users' and column_name = 'instance_id'
  ) then
    update auth.users set instance_id = '00000000-0000-0000-0000-000000000000' where instance_id is null;
  end if;

  -- The API key of the README: m3d_dev_LocalDevelopmentOnly0123456789ab4Qm6sG
  insert into private.api_keys (prefix, key_hash, client_name)
  values (
    'm3d_dev_LocalDev',
    extensions.digest('m3d_dev_LocalDevelopmentOnly0123456789ab4Qm6sG', 'sha256'),
    'Development'
  )
  on conflict do nothing;

  -- What protects a service from its users would only be in the way of development and tests. Set it
  -- to see how an app takes a refusal: update private.plans set submits_per_minute = 3;
  update private.plans
  set
    images_per_day = null, models_per_day = null, usd_per_day = null, submits_per_minute = null,
    active_tasks = null
  where true;
  update private.limits
  set project_usd_per_day = null, project_usd_per_month = null, provider_usd_per_day = null
  where only_row;
  update private.content_limits set slow_after = null, block_after = null where only_row;

  -- The limit of OpenAI's lowest tier would only slow down development: the simulated service has
  -- none, and the real one says itself when it has enough.
  update private.lanes set results_per_minute = null where provider = 'openai';
end;
$seed$;

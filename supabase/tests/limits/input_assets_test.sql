begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(29);

select tests.clear();
select tests.create_user(name) from unnest(array['ann', 'bob']) as name;
update private.limits set user_input_assets = 3;

create function pg_temp.add(p_url text, p_metadata jsonb default '{}', p_task_id text default null)
returns void
language sql
as $$
  insert into public.input_assets (asset_url, metadata, task_id) values (p_url, p_metadata, p_task_id);
$$;

select tests.act_as('ann');
select throws_like(
  format('select pg_temp.add(%L)', url), '%"input_assets_asset_url_is_http"',
  'No address to be shown: ' || url
)
from unnest(array[
  'javascript:alert(1)', 'JavaScript:alert(1)//https://files/', ' javascript:alert(1)', 'data:text/html,<script>',
  'vbscript:x', 'file:///etc/passwd', 'ftp://files/0.png', '//files/0.png', 'inputs/0.png', '', 'https://',
  E'java\nscript:alert(1)', E'javascript:alert(1)\nhttps://files/0.png', 'http:///0.png'
]) as url;
select throws_like(
  format('select pg_temp.add(%L)', 'https://files/' || repeat('x', 2000)),
  '%"input_assets_asset_url_has_at_most_2000_characters"', 'One that is too long'
);
select throws_like(
  format('select pg_temp.add(%L, %L)', 'https://files/0.png', jsonb_build_object('x', repeat('x', 8200))),
  '%"input_assets_metadata_has_at_most_8_kb"', 'Metadata that are too large'
);
select throws_like(
  format('select pg_temp.add(%L, p_task_id => %L)', 'https://files/0.png', repeat('x', 201)),
  '%"input_assets_task_id_has_at_most_200_characters"', 'A task_id that is too long'
);
select throws_like(
  format('insert into public.input_assets (%I) values (%L)', name, repeat('x', most + 1)),
  format('%%"input_assets_%s_has_at_most_%s_characters"', name, most), 'A longer ' || name
)
from (values ('prompt', 10000), ('style', 200), ('input_asset_type', 200), ('status', 200)) as bound (name, most);
select throws_ok(
  $$
    insert into public.input_assets (asset_url, metadata)
    select 'https://files/' || i, jsonb_build_object('x', repeat('x', 1000000)) from generate_series(1, 5) as i
  $$,
  '23514', null, 'Rows of a megabyte are refused as a whole'
);
select is_empty('select id from public.input_assets', 'and nothing of all that is there');

select pg_temp.add('HTTPS://files/0.png', jsonb_build_object('x', repeat('x', 8000)), repeat('x', 200));
select throws_ok(
  $$ insert into public.input_assets (asset_url) select 'https://files/' || i from generate_series(1, 3) as i $$,
  '23514', 'Limit of 3 input assets for each user reached; delete some',
  'More rows than allowed are refused, also in one statement'
);
select lives_ok(
  $$ insert into public.input_assets (asset_url) select 'http://files/' || i from generate_series(1, 2) as i $$,
  'As many as allowed are not'
);
reset role;
select tests.act_as('bob');
select lives_ok($$ select pg_temp.add('https://files/his.png') $$, 'Another user has a count of his own');

select set_config(
  'request.jwt.claims',
  jsonb_build_object('sub', tests.user_id('bob'), 'role', 'authenticated', 'is_anonymous', true)::text, true
);
select throws_ok(
  $$ select pg_temp.add('https://files/1.png') $$, '42501', 'This user may not add input assets',
  'Without an account nothing is added'
);
reset role;
update private.limits set allows_anonymous_users = true;
set local role authenticated;
select lives_ok($$ select pg_temp.add('https://files/1.png') $$, 'unless the project allows it');
reset role;
insert into private.blocked_users (user_id, reason) values (tests.user_id('bob'), 'Floods');
set local role authenticated;
select throws_ok(
  $$ select pg_temp.add('https://files/2.png') $$, '42501', 'This user may not add input assets',
  'A blocked user adds nothing'
);

select * from finish();
rollback;

begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

select tests.clear();
select tests.create_user('ann');
select tests.create_user('bob');
insert into public.input_assets (user_id, asset_url)
values (tests.user_id('bob'), 'https://files/his.png');

select tests.act_as('ann');
insert into public.input_assets (asset_url) values ('https://files/hers.png');
select results_eq(
  'select user_id, asset_url from public.input_assets',
  $$ values (tests.user_id('ann'), 'https://files/hers.png') $$,
  'What a user adds is hers, and she sees nothing else'
);

update public.input_assets set asset_url = 'https://files/new.png';
select results_eq(
  'select asset_url from public.input_assets', array['https://files/new.png'],
  'She may change it'
);
select throws_ok(
  $$
    insert into public.input_assets (user_id, asset_url)
    values (tests.user_id('bob'), 'https://files/planted.png')
  $$,
  '42501', null,
  'She may not add in the name of another'
);
select throws_ok(
  $$ update public.input_assets set user_id = tests.user_id('bob') $$, '42501', null,
  'nor give away what is hers'
);

delete from public.input_assets;
select is_empty('select id from public.input_assets', 'She may delete it');
select lives_ok(
  $$
    insert into public.input_assets (task_id, prompt, style, input_asset_type, status, asset_url, metadata)
    values ('task-1', 'A fox', 'vivid', 'text_prompt', 'pending', null, '{"source": "app"}')
  $$,
  'An app of the API''s first version writes all of its columns, and needs no file'
);
delete from public.input_assets;

reset role;
select tests.act_as('bob');
select results_eq(
  'select asset_url from public.input_assets', array['https://files/his.png'],
  'The other user has his, unchanged'
);

set local role anon;
select throws_ok(statement, '42501', null, 'Not for everybody: ' || statement)
from unnest(array[
  'select id from public.input_assets',
  $$ insert into public.input_assets (asset_url) values ('https://files/0.png') $$,
  $$ update public.input_assets set asset_url = 'https://files/0.png' $$,
  'delete from public.input_assets'
]) as statement;

reset role;
select tests.submit('cat');
update public.concept_images
set source_input_asset_id = (select id from public.input_assets);
delete from public.input_assets;
select is(
  (select source_input_asset_id from public.concept_images), null,
  'An image outlives the input it was made from'
);

select * from finish();
rollback;

begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

-- As a later migration of the app would, as the role that migrations have.
set local role postgres;
create function public.greet(p_name text) returns text language sql return 'Hello ' || p_name;
reset role;
select is(
  has_function_privilege('public', 'public.greet(text)', 'execute'), false,
  'A new function is open to nobody by itself'
);
select is(
  has_function_privilege('anon', 'public.greet(text)', 'execute'), false, 'not to strangers'
);
set local role postgres;
grant execute on function public.greet(text) to authenticated;
reset role;
select is(
  has_function_privilege('authenticated', 'public.greet(text)', 'execute'), true,
  'The line in docs/deploy.md opens it'
);
select is(
  has_function_privilege('anon', 'public.greet(text)', 'execute'), false, 'to whom it names'
);

select * from finish();
rollback;

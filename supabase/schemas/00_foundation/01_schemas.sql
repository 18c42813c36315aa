-- Where things live: tables that apps read are in public; everything that only the backend touches
-- is in private, which the Data API does not expose; queues are pgmq's own.

create extension if not exists pgmq;

-- Postgres lets everyone run a new function. Here nobody may, unless a migration says so.
alter default privileges revoke execute on functions from public;

create schema private;
revoke all on schema private from public;
comment on schema private is 'What only the backend may touch: lanes, provider calls, API keys and all functions. Never exposed through the Data API.';

-- What was spent and reserved, by day of the submit (UTC). A task counts with its estimate until it
-- has ended, and then with what the ledger says.

create type private.spending_caps as (
  project_day numeric,
  project_month numeric,
  provider_day numeric,
  key_day numeric
);

comment on type private.spending_caps is 'The caps that a request is under, in USD; null means no cap.';

create table private.user_spending (
  user_id uuid not null,
  day date not null,
  used_usd numeric(12, 6) not null default 0,
  images integer not null default 0,
  models integer not null default 0,
  minute timestamptz,
  submits integer,
  submits_before integer,
  most_active integer,

  constraint user_spending_pkey primary key (user_id, day),
  constraint user_spending_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint user_spending_is_counted check (used_usd >= 0 and images >= 0 and models >= 0)
)
-- Each row is written often in a day, and only its numbers change.
with (fillfactor = 50);

comment on table private.user_spending is 'What the tasks cost that a user has submitted in a day, exactly.';
comment on column private.user_spending.used_usd is 'Spent, and reserved for what has not ended.';
comment on column private.user_spending.images is 'Images asked for, without those that ended and cost nothing.';
comment on column private.user_spending.models is 'The same for models.';
comment on column private.user_spending.minute is 'The minute of the clock in which the user has submitted last.';
comment on column private.user_spending.submits is 'How much in this minute, and maybe a little that belongs to the one before; null where that was not counted.';
comment on column private.user_spending.most_active is 'No more tasks of the user than this are active: so many were counted once, and submitted since. Null where they were not counted.';
comment on column private.user_spending.submits_before is 'How much in the minute before it. As long as both are less than the plan allows, no submit counts the tasks of the last 60 seconds.';

-- What is old is looked for each minute. Rows of a day come after those of the day before.
create index user_spending_day_idx on private.user_spending using brin (day);

alter table private.user_spending enable row level security;

create table private.spending (
  scope text not null,
  scope_id text not null,
  day date not null,
  used_usd numeric(14, 6) not null default 0,

  constraint spending_pkey primary key (scope, scope_id, day),
  constraint spending_scope_is_known check (scope in ('project', 'provider', 'key'))
)
with (fillfactor = 50);

comment on table private.spending is 'What the tasks of a day cost the project, and of it each provider and each API key with a cap of its own, but for what is still in private.spending_stripes.';
comment on column private.spending.scope_id is 'The provider, or the id of the API key; empty for the project.';

alter table private.spending enable row level security;

create table private.spending_stripes (
  provider text not null,
  api_key_id uuid not null,
  stripe smallint not null,
  day date not null,
  used_usd numeric(12, 6) not null default 0,

  constraint spending_stripes_pkey primary key (provider, api_key_id, stripe)
)
with (fillfactor = 10);

comment on table private.spending_stripes is 'What is to be added to private.spending. Submits at the same time write different rows: a single row in front of all of them would let one through at a time.';
comment on column private.spending_stripes.api_key_id is 'private.no_key() for keys without a cap.';

alter table private.spending_stripes enable row level security;

create table private.spending_changes (
  id bigint not null generated always as identity,
  user_id uuid,
  day date not null,
  provider text not null,
  api_key_id uuid not null,
  used_usd numeric(12, 6) not null,
  images integer not null,
  models integer not null,

  constraint spending_changes_pkey primary key (id)
);

comment on table private.spending_changes is 'What is to be added to private.user_spending and private.spending within a second or so. Who ends many tasks in one transaction writes here, where nobody waits for anybody: to hold the budgets of one task while waiting for those of the next ends in a deadlock.';
comment on column private.spending_changes.user_id is 'Null for work of a deleted user.';
comment on column private.spending_changes.api_key_id is 'private.no_key() for keys without a cap.';

alter table private.spending_changes enable row level security;

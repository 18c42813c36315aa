-- What a user may ask for, by plan.

create table private.plans (
  name text not null,
  images_per_day integer,
  models_per_day integer,
  usd_per_day numeric(12, 2),
  submits_per_minute integer,
  active_tasks integer,
  operations text[],
  providers text[],
  models text[],
  qualities text[],
  most_results integer,
  most_safety_tolerance integer,

  constraint plans_pkey primary key (name),
  constraint plans_name_is_a_word check (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
  constraint plans_images_per_day_is_counted check (images_per_day >= 0),
  constraint plans_models_per_day_is_counted check (models_per_day >= 0),
  constraint plans_usd_per_day_is_counted check (usd_per_day >= 0),
  constraint plans_submits_per_minute_is_positive check (submits_per_minute > 0),
  constraint plans_active_tasks_is_positive check (active_tasks > 0),
  constraint plans_most_results_is_positive check (most_results > 0),
  constraint plans_most_safety_tolerance_is_counted check (most_safety_tolerance >= 0)
);

comment on table private.plans is 'What users may ask for; null means no limit. Change a row and the next submit obeys. A user has the plan that app_metadata.plan of the token names, else, or if there is none of that name, default.';
comment on column private.plans.images_per_day is 'Images that a user may ask for in a day (UTC). What ends without a bill does not count.';
comment on column private.plans.models_per_day is 'The same for models.';
comment on column private.plans.usd_per_day is 'USD that a user''s requests of a day may cost.';
comment on column private.plans.submits_per_minute is 'Tasks that a user may submit in any 60 seconds.';
comment on column private.plans.active_tasks is 'Tasks of a user that may be unfinished at the same time.';
comment on column private.plans.operations is 'Operations that may be asked for.';
comment on column private.plans.providers is 'Providers that may be chosen.';
comment on column private.plans.models is 'Models of providers that may do the work, whether the client or the operator chooses them.';
comment on column private.plans.qualities is 'Values of the field quality, where an operation has it; to leave it out is allowed.';
comment on column private.plans.most_results is 'The largest n.';
comment on column private.plans.most_safety_tolerance is 'The loosest safety_tolerance.';

alter table private.plans enable row level security;

-- One user may cost as much as 95 images of $0.053, or a handful of the dearest requests.
insert into private.plans (
  name, images_per_day, models_per_day, usd_per_day, submits_per_minute, active_tasks
)
values
  ('default', 100, 20, 5, 30, 20),
  ('anonymous', 10, 2, 0.5, 5, 2),
  -- For the reviewers of app stores, whom a limit of a day must not stop. The project's holds.
  ('reviewer', null, null, null, 30, 20);

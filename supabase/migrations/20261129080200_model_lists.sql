-- Many alerts are several messages, and workers read providers' own lists of models.

set local lock_timeout = '2s';

insert into private.maintenance_jobs (job, run_every) values ('model lists', '1 day');

insert into monitoring.alert_kinds (code, severity, advice) values
  ('model_missing', 'critical', 'Look at the provider''s page of models; configure another model, or have apps choose another');

create table monitoring.missing_models (
  provider text not null,
  model text not null,
  is_default boolean not null,
  first_missed_at timestamptz not null default now(),

  constraint missing_models_pkey primary key (provider, model),
  constraint missing_models_provider_fkey foreign key (provider) references private.lanes (provider)
    on delete cascade
);

comment on table monitoring.missing_models is 'Models of ours that the provider''s own list did not have when it was last read. A list that cannot be read changes nothing here.';

comment on column monitoring.missing_models.is_default is 'Whether it is asked for where no client chooses one: an alert, used or not.';

alter table monitoring.missing_models enable row level security;

-- What providers' own lists of models say of those that we ask for.

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

create or replace function monitoring.note_models(p_provider text, p_models jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from monitoring.missing_models as missing
  where missing.provider = p_provider
    and missing.model not in (
      select models.model
      from jsonb_to_recordset(p_models) as models (model text, is_listed boolean)
      where not models.is_listed
    );

  insert into monitoring.missing_models as missing (provider, model, is_default)
  select lanes.provider, models.model, models.is_default
  from jsonb_to_recordset(p_models) as models (model text, is_default boolean, is_listed boolean)
  join private.lanes on lanes.provider = p_provider
  where not models.is_listed
  on conflict on constraint missing_models_pkey do update set is_default = excluded.is_default;

  insert into monitoring.model_shutdowns as known (provider, model, shut_down_on, source)
  select p_provider, models.model, models.shut_down_on, 'The provider''s list of models'
  from jsonb_to_recordset(p_models) as models (model text, shut_down_on date)
  where models.shut_down_on is not null
  on conflict on constraint model_shutdowns_pkey do update
  set shut_down_on = excluded.shut_down_on, source = excluded.source
  where known.shut_down_on <> excluded.shut_down_on;
end;
$$;

comment on function monitoring.note_models is 'Keeps what a provider''s list, read just now, says of all models of ours (model, is_default, is_listed, shut_down_on): those it does not have, and when others will be shut down.';

create or replace function monitoring.models_in_use()
returns table (provider text, model text)
language sql
stable
set search_path = ''
as $$
  select distinct lanes.provider, latest.model
  from private.lanes
  cross join lateral (
    select calls.model
    from private.provider_calls as calls
    where calls.provider = lanes.provider and calls.started_at > now() - interval '1 day'
    order by calls.started_at desc
    limit 1000
  ) as latest;
$$;

comment on function monitoring.models_in_use is 'What the latest 1000 calls of a provider, within a day, were made with.';

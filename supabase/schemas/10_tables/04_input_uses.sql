-- Who names an input: only what nobody names is removed.

create table private.input_uses (
  id bigint not null generated always as identity,
  name text not null,
  task_id uuid,
  input_asset_id uuid,

  constraint input_uses_pkey primary key (id),
  constraint input_uses_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete cascade,
  constraint input_uses_input_asset_id_fkey
    foreign key (input_asset_id) references public.input_assets (id) on delete cascade,
  constraint input_uses_is_by_one check (num_nonnulls(task_id, input_asset_id) = 1)
);

comment on table private.input_uses is 'Which task, or row of public.input_assets, names which file in its user''s folder of the bucket inputs.';
comment on column private.input_uses.name is 'As Storage knows the file. There need not be one.';

create index input_uses_name_idx on private.input_uses (name);
create index input_uses_task_id_idx on private.input_uses (task_id) where task_id is not null;
create index input_uses_input_asset_id_idx on private.input_uses (input_asset_id)
  where input_asset_id is not null;

alter table private.input_uses enable row level security;

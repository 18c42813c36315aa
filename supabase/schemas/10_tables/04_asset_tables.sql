-- What the app shows: its own inputs and the results. Column names are those apps in the field
-- know; task_id is the client's, celery_task_id links to public.tasks.

create table public.input_assets (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null default auth.uid(),
  task_id text,
  asset_url text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  prompt text,
  style text,
  input_asset_type text,
  status text,

  constraint input_assets_pkey primary key (id),
  constraint input_assets_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  -- As long as those of the API.
  constraint input_assets_task_id_has_at_most_200_characters check (char_length(task_id) <= 200),
  constraint input_assets_asset_url_has_at_most_2000_characters
    check (char_length(asset_url) <= 2000),
  -- An app may show it as a link or an image: nothing that runs as a script.
  constraint input_assets_asset_url_is_http check (asset_url ~* '^https?://[^[:space:]/]+/'),
  constraint input_assets_metadata_has_at_most_8_kb check (octet_length(metadata::text) <= 8192),
  constraint input_assets_prompt_has_at_most_10000_characters check (char_length(prompt) <= 10000),
  constraint input_assets_style_has_at_most_200_characters check (char_length(style) <= 200),
  constraint input_assets_input_asset_type_has_at_most_200_characters
    check (char_length(input_asset_type) <= 200),
  constraint input_assets_status_has_at_most_200_characters check (char_length(status) <= 200)
);

create table public.concept_images (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  task_id text not null,
  celery_task_id uuid not null,
  result_index smallint not null,
  prompt text,
  style text,
  status text not null default 'pending',
  asset_url text,
  ai_service_task_id text,
  metadata jsonb not null default '{}',
  source_input_asset_id uuid,
  created_at timestamptz not null default now(),

  constraint concept_images_pkey primary key (id),
  constraint concept_images_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint concept_images_celery_task_id_fkey
    foreign key (celery_task_id) references public.tasks (id) on delete cascade,
  constraint concept_images_source_input_asset_id_fkey
    foreign key (source_input_asset_id) references public.input_assets (id) on delete set null,
  constraint concept_images_result_is_unique unique (celery_task_id, result_index),
  constraint concept_images_status_is_known
    check (status in ('pending', 'processing', 'complete', 'failed', 'canceled')),
  constraint concept_images_complete_means_asset
    check ((status = 'complete') = (asset_url is not null))
)
-- As of tasks: each row is written again with its task, and gone with a canceled one.
with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create table public.models (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  task_id text not null,
  celery_task_id uuid not null,
  result_index smallint not null,
  prompt text,
  style text,
  status text not null default 'pending',
  asset_url text,
  ai_service_task_id text,
  metadata jsonb not null default '{}',
  source_input_asset_id uuid,
  source_concept_image_id uuid,
  created_at timestamptz not null default now(),

  constraint models_pkey primary key (id),
  constraint models_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint models_celery_task_id_fkey
    foreign key (celery_task_id) references public.tasks (id) on delete cascade,
  constraint models_source_input_asset_id_fkey
    foreign key (source_input_asset_id) references public.input_assets (id) on delete set null,
  constraint models_source_concept_image_id_fkey
    foreign key (source_concept_image_id) references public.concept_images (id) on delete set null,
  constraint models_result_is_unique unique (celery_task_id, result_index),
  constraint models_status_is_known
    check (status in ('pending', 'processing', 'complete', 'failed', 'canceled')),
  constraint models_complete_means_asset
    check ((status = 'complete') = (asset_url is not null))
)
-- As of tasks: each row is written again with its task, and gone with a canceled one.
with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

comment on table public.input_assets is 'Files the app uploaded, as the app wants to remember them. The backend never writes here.';
comment on table public.concept_images is 'One row for each image asked for. Status and URL follow the task.';
comment on table public.models is 'One row for each 3D model asked for. Status and URL follow the task.';
comment on column public.input_assets.asset_url is 'By http or https; null for what has no file, as a prompt alone.';
comment on column public.concept_images.prompt is 'Its first 2,000 characters, or the operation in words if that takes none; null once the task was canceled and has cost nothing.';
comment on column public.concept_images.style is 'The style or the style preset that was asked for.';
comment on column public.models.prompt is 'Its first 2,000 characters, or the operation in words if that takes none; null once the task was canceled and has cost nothing.';
comment on column public.models.style is 'The style or the style preset that was asked for.';

create index input_assets_user_id_idx on public.input_assets (user_id);
create index concept_images_user_id_idx on public.concept_images (user_id);
create index concept_images_source_input_asset_id_idx
  on public.concept_images (source_input_asset_id);
create index models_user_id_idx on public.models (user_id);
create index models_source_input_asset_id_idx on public.models (source_input_asset_id);
create index models_source_concept_image_id_idx on public.models (source_concept_image_id);

alter table public.input_assets enable row level security;
alter table public.concept_images enable row level security;
alter table public.models enable row level security;

revoke all on public.input_assets, public.concept_images, public.models
  from anon, authenticated, service_role;
grant select, insert, update, delete on public.input_assets to authenticated;
grant select, delete on public.concept_images, public.models to authenticated;
grant select on public.input_assets, public.concept_images, public.models to service_role;

create policy "Users manage their own input assets" on public.input_assets
  for all to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()));

create policy "Users read their own concept images" on public.concept_images
  for select to authenticated
  using (user_id = (select auth.uid()));
create policy "Users delete their own concept images" on public.concept_images
  for delete to authenticated
  using (user_id = (select auth.uid()));

create policy "Users read their own models" on public.models
  for select to authenticated
  using (user_id = (select auth.uid()));
create policy "Users delete their own models" on public.models
  for delete to authenticated
  using (user_id = (select auth.uid()));

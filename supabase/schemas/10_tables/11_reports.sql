-- Results that users have reported. What is reported is hidden from its user at once, kept for the
-- operator in a bucket that only the backend reads, and removed when the report is closed.

create table private.reports (
  task_id uuid not null,
  reason text not null,
  reported_at timestamptz not null default now(),
  asset_urls text[] not null,
  hidden_at timestamptz,
  closed_at timestamptz,

  constraint reports_pkey primary key (task_id),
  constraint reports_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete cascade,
  constraint reports_reason_is_told check (reason <> '' and length(reason) <= 1000),
  constraint reports_have_results check (cardinality(asset_urls) > 0)
);

comment on table private.reports is 'Results that their users have reported, and why.';
comment on column private.reports.asset_urls is 'The results as the task showed them. Those URLs answer no more.';
comment on column private.reports.hidden_at is 'When the files were out of the bucket of results. Null: a worker has yet to move them.';
comment on column private.reports.closed_at is 'When an operator was done with it: the files are removed. Null: they are kept in the bucket reported.';

create index reports_to_hide_idx on private.reports (task_id) where hidden_at is null;
create index reports_open_idx on private.reports (reported_at) where closed_at is null;

alter table private.reports enable row level security;

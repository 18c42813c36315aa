-- When accepted work of each lane may be polled next.

create table private.poll_pacing (
  provider text not null,
  next_poll_at timestamptz not null default '-infinity',
  due_from timestamptz not null default '-infinity',
  looked_through_at timestamptz not null default '-infinity',

  constraint poll_pacing_pkey primary key (provider),
  constraint poll_pacing_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade
);

comment on table private.poll_pacing is 'Lets the polls of a lane keep to lanes.polls_per_second. A row of its own, so that polls wait for no start and no operator.';
comment on column private.poll_pacing.next_poll_at is 'When the next poll would come if all came evenly.';
comment on column private.poll_pacing.due_from is 'No message of the lane''s queue of polls was due earlier when polls were last claimed: what lies before are versions of rows that are gone, and need not be read.';
comment on column private.poll_pacing.looked_through_at is 'When the queue was last read from its beginning, for messages that were locked or put back meanwhile.';

alter table private.poll_pacing enable row level security;

-- Why a task can fail: the messages a user reads, in one place, because tasks are failed by the
-- worker and by the database itself. An app shows `message` as it is, so each says whether trying
-- again may help.

create table private.task_errors (
  code text not null,
  message text not null,

  constraint task_errors_pkey primary key (code)
);

comment on table private.task_errors is 'Every error code a task can end with, and its message for the user.';

alter table private.task_errors enable row level security;

insert into private.task_errors (code, message) values
  ('content_refused', 'The AI service refused this content. Change the prompt or the input; trying the same again will not help.'),
  ('invalid_input', 'The AI service could not use the input. Change it; trying the same again will not help.'),
  ('provider_rejected', 'The AI service rejected the request. Change its parameters; trying the same again will not help.'),
  ('unsupported_language', 'The AI service does not read the language of the prompt. Write it in English; trying the same again will not help.'),
  ('provider_unavailable', 'AI service unavailable. Trying again later may help.'),
  ('provider_rate_limited', 'AI service is busy. Trying again later may help.'),
  ('provider_credits', 'AI service unavailable. Trying again later may help.'),
  ('provider_auth', 'AI service unavailable. Trying again later may help.'),
  ('timeout', 'AI service timed out (timeout). Trying again may help.'),
  ('invalid_result', 'AI service returned no usable result. Trying again may help.'),
  ('storage_failed', 'A file could not be read or stored. Trying again may help.'),
  ('outcome_unknown', 'The outcome of the generation is unknown and it was not repeated. Trying again may help.'),
  ('internal', 'Internal error. Trying again may help.');

-- Where a code says too little: what the user can do depends on what has happened.
create table private.task_error_reasons (
  reason text not null,
  code text not null,
  message text not null,

  constraint task_error_reasons_pkey primary key (reason),
  constraint task_error_reasons_code_fkey foreign key (code) references private.task_errors (code)
);

comment on table private.task_error_reasons is 'Messages that take the place of an error code''s own, where a failure has a reason that the user should know.';

alter table private.task_error_reasons enable row level security;

insert into private.task_error_reasons (reason, code, message) values
  ('input_changed', 'invalid_input', 'An input file was changed after the request. Send the request again to use the file as it is now, and upload other files under other names.'),
  ('input_deleted', 'invalid_input', 'An input file was deleted after the request. Upload it again, send the request again, and keep the file until the task has ended.');

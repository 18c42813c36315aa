/** A state that raises an alert, and how docs/operations.md ends it. All SQL knows supabase/tests/helpers.sql. */
export interface RunbookCase {
  /** The alert's code: the section of the page. */
  readonly code: string;
  readonly subject: string;
  /** Brings the database into the state. */
  readonly arrange: string;
  /** Words of the page's SQL that stand for those of the case: what a query answers. */
  readonly placeholders?: Readonly<Record<string, string>>;
  /** Which blocks of the section the operator runs; without it all. */
  readonly blocks?: RegExp;
  /** What the provider's console, a deploy, a restart or time does, where SQL alone ends nothing. */
  readonly meanwhile?: string;
  /** What must hold afterwards. */
  readonly proof?: string;
}

const DEAD_LETTER = { "\\b17\\b": "select max(id)::text from private.dead_letters" };

/** The schedule runs, with its last run some time ago. */
const SCHEDULE = (status: string, ago: string): string => `
  select private.install_schedule();
  insert into cron.job_run_details (jobid, status, return_message, start_time, end_time)
  select jobid, '${status}', 'words', now() - interval '${ago}', now() - interval '${ago}' from cron.job;
`;

const NEXT_RUN = `
  insert into cron.job_run_details (jobid, status, start_time, end_time)
  select jobid, 'succeeded', now(), now() from cron.job;
`;

/** A call that a provider refused, some time ago. */
const REFUSED = (code: string): string => `
  select tests.submit('refused');
  select tests.claim();
  select tests.mark_call_sent('refused');
  select tests.retry('refused', '${code}', p_delay_seconds => 0);
  update private.provider_calls
  set started_at = now() - interval '1 minute', sent_at = now() - interval '1 minute';
`;

const ANSWERED = `
  select tests.show_message('refused');
  select tests.claim();
  select tests.complete('refused');
`;

const HOUR_PASSES = `
  update private.provider_calls set started_at = started_at - interval '1 hour';
  update public.tasks set finished_at = finished_at - interval '1 hour' where finished_at is not null;
`;

/** Of the user ann. */
const REFUSED_USER = "7e0d7f8a-5d96-c24f-fcc8-40f31bce72b2";

const REFUSED_OFTEN = `
  update private.content_limits set block_after = 2;
  select tests.create_user('ann');
  select private.count_refusal('${REFUSED_USER}', 'moderation') from generate_series(1, 2);
`;

const DAY_CAP = "update private.limits set project_usd_per_day = 40;";

const REPORTED_TASK = "22222222-2222-4222-8222-222222222222";

export const runbookCases: readonly RunbookCase[] = [
  {
    code: "disk_full",
    subject: "database",
    arrange: "update monitoring.thresholds set value = 1 where name = 'database_megabytes';",
  },
  {
    code: "connections_used",
    subject: "database",
    arrange: "update monitoring.thresholds set value = 0 where name = 'connections_share';",
    // Nobody is idle for as long here.
    meanwhile: "update monitoring.thresholds set value = 0.9 where name = 'connections_share';",
  },
  {
    code: "queue_missing",
    subject: "openai",
    arrange: `
      select tests.submit('done');
      select tests.claim();
      select tests.complete('done');
      select tests.submit('held');
      select tests.claim();
      select tests.submit('waits');
      select tests.submit('behind');
      select pgmq.drop_queue('openai');
    `,
    proof: "select tests.complete('held') and tests.claim() = array['waits', 'behind'] as holds",
  },
  {
    code: "queue_missing",
    subject: "tripo_polls",
    arrange: `
      select tests.submit('accepted', p_provider => 'tripo');
      select tests.claim();
      select tests.snooze('accepted');
      drop table pgmq.q_tripo_polls;
    `,
    proof: "select tests.claim() = array['accepted'] as holds",
  },
  {
    code: "queue_missing",
    subject: "flux",
    arrange: `
      select tests.submit('waits', p_provider => 'flux');
      drop table pgmq.a_flux;
    `,
    proof: "select tests.claim() = array['waits'] and tests.complete('waits') as holds",
  },
  {
    code: "worker_silent",
    subject: "worker",
    arrange: `
      select tests.submit('waits');
      select tests.age_message('waits', '3 minutes');
    `,
    meanwhile: "select tests.claim();",
    proof: "select count(*) = 1 as holds from net.posts",
  },
  {
    code: "cron_silent",
    subject: "makeit3d-reconcile",
    arrange: SCHEDULE("succeeded", "20 minutes"),
    meanwhile: NEXT_RUN,
  },
  {
    code: "cron_failing",
    subject: "makeit3d-prune",
    arrange: SCHEDULE("failed", "10 seconds"),
    meanwhile: NEXT_RUN,
  },
  {
    code: "maintenance_failing",
    subject: "orphaned files",
    arrange: "select private.fail_maintenance_job('orphaned files', 'Storage is away');",
    // As a worker does, a moment later.
    meanwhile: `
      update private.maintenance_jobs set last_failed_at = last_failed_at - interval '1 second';
      select private.removable_files_if_due('orphaned files', 'generated', 100);
    `,
  },
  {
    code: "maintenance_failing",
    subject: "unused inputs",
    arrange: "select private.fail_maintenance_job('unused inputs', 'Storage is away');",
    placeholders: { "orphaned files": "select 'unused inputs'" },
    meanwhile: `
      update private.maintenance_jobs set last_failed_at = last_failed_at - interval '1 second';
      select private.removable_files_if_due('unused inputs', 'inputs', 100);
    `,
  },
  {
    code: "maintenance_failing",
    subject: "reconcile",
    arrange: "select private.fail_maintenance_job('reconcile', 'Too slow');",
    placeholders: { "orphaned files": "select 'reconcile'" },
    meanwhile: `
      update private.maintenance_jobs set last_failed_at = last_failed_at - interval '1 second';
      select private.reconcile_if_due();
    `,
  },
  {
    code: "queue_old",
    subject: "openai",
    arrange: `
      update private.lanes set max_in_flight = 1 where provider = 'openai';
      select tests.submit('held');
      select tests.claim();
      select tests.submit('waits', p_user => 'bob');
      select tests.age_message('waits', '6 minutes');
    `,
    meanwhile: "select tests.claim();",
    proof: "select status = 'processing' as holds from tests.task('waits')",
  },
  {
    code: "lane_paused",
    subject: "stability",
    arrange: `
      update private.lanes set paused_until = now() + interval '5 minutes', consecutive_failures = 5
      where provider = 'stability';
      select tests.submit('waits', p_provider => 'stability');
    `,
    proof:
      "select tests.claim() = array['waits'] or status = 'processing' as holds from tests.task('waits')",
  },
  {
    code: "lane_paused",
    subject: "flux",
    arrange: "select private.pause_by_hand('flux');",
    placeholders: { stability: "select 'flux'" },
  },
  ...["provider_auth", "provider_credits"].map((code) => ({
    code,
    subject: "openai",
    arrange: REFUSED(code),
    meanwhile: ANSWERED,
    proof: "select status = 'complete' as holds from tests.task('refused')",
  })),
  {
    code: "ambiguous_calls",
    subject: "openai",
    arrange: "select tests.add_call('ambiguous') from generate_series(1, 3);",
    meanwhile: HOUR_PASSES,
  },
  {
    code: "deadlines_missed",
    subject: "openai",
    arrange: `
      select private.record_worker(gen_random_uuid());
      select tests.submit('late ' || n, p_user => 'user ' || n) from generate_series(1, 3) as n;
      select tests.pass_deadline('late ' || n) from generate_series(1, 3) as n;
      select private.expire_tasks();
    `,
    meanwhile: HOUR_PASSES,
  },
  {
    code: "tasks_stuck",
    subject: "openai",
    arrange: `
      select tests.submit('lost');
      select tests.claim();
      select tests.lose_worker('lost');
      update public.tasks set lease_expires_at = now() - interval '10 minutes';
    `,
    meanwhile: "select tests.claim();",
    proof: "select tests.lease_seconds('lost') > 0 as holds",
  },
  {
    code: "tasks_stuck",
    subject: "openai",
    arrange: `
      select tests.submit('overdue');
      select tests.submit('waits', p_user => 'bob');
      update public.tasks set deadline_at = now() - interval '10 minutes'
      where client_task_id = 'overdue';
    `,
    proof: "select error_code = 'timeout' as holds from tests.task('overdue')",
  },
  {
    code: "poison_task",
    subject: "openai",
    arrange: `
      select tests.submit('poison');
      select tests.claim();
      update public.tasks set losses_alone = 2, claimed_alone = true;
      select tests.lose_worker('poison', p_called => false);
      select tests.claim();
    `,
    placeholders: DEAD_LETTER,
  },
  {
    code: "dead_letters",
    subject: "openai",
    arrange: `
      select tests.submit('failed');
      select tests.claim();
      select tests.fail('failed', 'internal');
    `,
    placeholders: DEAD_LETTER,
    blocks: /replay_dead_letter/,
    proof:
      "select count(*) = 2 and count(finished_at) = 1 as holds from public.tasks where client_task_id = 'failed'",
  },
  {
    code: "dead_letters",
    subject: "flux",
    arrange: "select private.dead_letter('flux', '{}', null, 'Names no task that is there');",
    placeholders: DEAD_LETTER,
    blocks: /^update/,
  },
  {
    code: "content_refusals",
    subject: REFUSED_USER,
    arrange: REFUSED_OFTEN,
    placeholders: { "00000000-0000-4000-8000-000000000001": `select '${REFUSED_USER}'` },
    proof: `select not private.is_blocked('${REFUSED_USER}') as holds`,
  },
  {
    code: "content_refusals",
    subject: REFUSED_USER,
    arrange: REFUSED_OFTEN,
    placeholders: { "00000000-0000-4000-8000-000000000001": `select '${REFUSED_USER}'` },
    blocks: /^select/,
    meanwhile: `
      update private.content_refusals set refused_at = refused_at - interval '1 day';
    `,
    proof: `select private.is_blocked('${REFUSED_USER}') as holds`,
  },
  {
    code: "result_reported",
    subject: REPORTED_TASK,
    arrange: `
      select tests.submit('cats');
      select tests.claim();
      select tests.complete('cats');
      insert into public.tasks
      select (jsonb_populate_record(
        tasks, '{"id": "${REPORTED_TASK}", "client_task_id": "reported"}'
      )).*
      from public.tasks;
      select private.report_task(tests.user_id('ann'), '${REPORTED_TASK}', 'It is cruel');
    `,
    placeholders: { "11111111-1111-4111-8111-111111111111": `select '${REPORTED_TASK}'` },
    proof: "select closed_at is not null as holds from private.reports",
  },
  {
    code: "unlisted_host",
    subject: "tripo cdn.example.com",
    arrange: `
      select private.record_unlisted_host('tripo', '{"unlisted_host": "cdn.example.com"}');
    `,
    meanwhile: "update private.unlisted_hosts set last_seen_at = now() - interval '61 minutes'",
  },
  {
    code: "model_shutdown",
    subject: "openai gpt-image-1",
    arrange: "select tests.add_call('succeeded', p_model => 'gpt-image-1');",
    meanwhile: `
      update private.provider_calls set started_at = started_at - interval '1 day';
      select tests.add_call('succeeded', p_model => 'gpt-image-2');
    `,
  },
  {
    code: "model_missing",
    subject: "openai gpt-image-1",
    arrange: `
      select monitoring.note_models(
        'openai', '[{"model": "gpt-image-1", "is_default": true, "is_listed": false}]'
      );
    `,
    // The next worker reads the list.
    meanwhile: `
      select monitoring.note_models(
        'openai', '[{"model": "gpt-image-2", "is_default": true, "is_listed": true}]'
      );
    `,
  },
  ...Object.entries({ budget_50: 20, budget_80: 32, budget_used: 40 }).map(([code, usd]) => ({
    code,
    subject: "project day",
    arrange: `${DAY_CAP} select tests.spend(${usd});`,
  })),
  {
    code: "budget_used",
    subject: "project month",
    arrange: `
      update private.limits set project_usd_per_month = 400;
      select tests.spend(10);
      select private.note_refused_budget('project_usd_per_month', 'openai', null, 400);
    `,
  },
  {
    code: "budget_used",
    subject: "openai day",
    arrange: `
      update private.limits set provider_usd_per_day = 25;
      select tests.spend(25, 'provider', 'openai');
    `,
  },
  {
    code: "spend_rate",
    subject: "project",
    arrange: `${DAY_CAP} select tests.add_call('succeeded', p_cost_usd => 5);`,
    meanwhile: HOUR_PASSES,
  },
  {
    code: "price_drift",
    subject: "openai gpt-image-2.5-flare",
    arrange: `
      select tests.add_call(
        'succeeded', p_model => 'gpt-image-2.5-flare', p_cost_usd => 0.02, p_list_price_usd => 0.01
      )
      from generate_series(1, 10);
    `,
    meanwhile: `
      update private.provider_calls set started_at = started_at - interval '7 days';
    `,
  },
  {
    code: "submits_paused",
    subject: "project",
    arrange: "update private.submit_pause set paused_since = now() - interval '2 hours';",
    proof: "select paused_since is null as holds from private.submit_pause",
  },
];

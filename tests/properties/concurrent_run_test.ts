import fc from "fast-check";
import postgres from "postgres";
import { type Action, ConcurrentRun, type RunCaps } from "./concurrent_run.ts";
import { withProject } from "./database.ts";
import { finishByDeadlines, finishByWork } from "./sequences.ts";
import type { Settlement } from "./settle.ts";
import { look } from "./snapshot.ts";
import { checkState } from "./states.ts";
import { KEYS, LANES, QUEUES } from "./vocabulary.ts";
import { settlements } from "./worker_commands.ts";
import { World } from "./world.ts";

const CONNECTIONS = 8;
const WORKERS = 2;

const index = fc.nat({ max: 200 });
const { complete, fail, retry, busy, snooze } = settlements;

function submits(names: number, ...seconds: number[]): fc.Arbitrary<Action> {
  return fc.record({
    kind: fc.constant("submit"),
    name: fc.nat({ max: names }).map(String),
    seconds: fc.constantFrom(...seconds),
  });
}

function settles(...how: fc.Arbitrary<Settlement>[]): fc.Arbitrary<Action> {
  return fc.record({ kind: fc.constant("settle"), how: fc.oneof(...how) });
}

const claims = fc.record({
  kind: fc.constant("claim"),
  limit: fc.integer({ min: 1, max: 4 }),
});
const cancels = fc.record({ kind: fc.constant("cancel"), index });

const faults: fc.Arbitrary<Action> = fc.oneof(
  // Some are overdue at once.
  { weight: 4, arbitrary: submits(30, 0, 900, 900, 900) },
  { weight: 4, arbitrary: claims },
  { weight: 2, arbitrary: fc.constant<Action>({ kind: "mark call sent" }) },
  { weight: 4, arbitrary: settles(complete, fail, retry, busy, snooze) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("cancel", "crash", "early", "double"),
      index,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("beat") }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("open", "sweep", "recover", "recover") }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("operate"),
      lane: fc.constantFrom(...LANES.map(({ name }) => name)),
    }),
  },
);

/** Without a sweep, which would hide what was forgotten; and with so little that turns often end. */
const rush: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: submits(10_000, 900) },
  { weight: 5, arbitrary: claims },
  { weight: 5, arbitrary: settles(complete) },
  { weight: 1, arbitrary: cancels },
);

/** Nothing costs more than its estimate, and nothing is called for twice. */
const spending: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: submits(10_000, 900) },
  { weight: 3, arbitrary: claims },
  {
    weight: 4,
    arbitrary: settles(
      fc.constant<Settlement>({ kind: "complete", urls: ["https://files/0"], costUsd: null }),
      fc.constant<Settlement>({ kind: "complete", urls: ["https://files/0"], costUsd: 0 }),
      settlements.down,
      settlements.release,
    ),
  },
  { weight: 2, arbitrary: cancels },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: "recover" }) },
);

interface Limits {
  readonly inFlight: number;
  readonly perMinute: number | null;
  readonly caps?: RunCaps;
}

async function setCaps(sql: postgres.Sql, caps?: RunCaps): Promise<void> {
  await sql`update private.plans set usd_per_day = ${caps?.user ?? null}`;
  await sql`
    update private.limits
    set project_usd_per_day = ${caps?.project ?? null},
      provider_usd_per_day = ${caps?.provider ?? null}
  `;
  await sql`
    update private.api_keys set usd_per_day = ${caps?.key ?? null} where id = ${KEYS[0] ?? ""}
  `;
}

async function prepare(sql: postgres.Sql, { inFlight, perMinute, caps }: Limits): Promise<void> {
  await setCaps(sql, caps);
  const queues = QUEUES.flatMap((queue) => [`pgmq.q_${queue}`, `pgmq.a_${queue}`]);
  await sql.unsafe(`
    truncate private.user_spending, private.spending, private.spending_stripes,
      private.spending_changes, public.tasks, private.provider_calls, private.workers, private.failing_users, ${
    queues.join(", ")
  } cascade
  `);
  await sql`
    update private.lanes
    set max_in_flight = ${inFlight}, results_per_minute = case provider when 'right' then ${perMinute}::integer end,
      consecutive_failures = 0, failing_since = null, paused_until = null, rate_limited_until = null
  `;
  // One pool has less than its lane, so that each limit is reached.
  await sql`
    update private.pools
    set max_in_flight = case name when 'narrow' then 1 else ${inFlight} end,
      rate_limited_until = null
  `;
}

/** Many connections, each with its own actions, and then what is true of what they have done. */
async function checkConcurrentRuns(
  sql: postgres.Sql,
  action: fc.Arbitrary<Action>,
  limits: Limits,
  numRuns: number,
): Promise<void> {
  const actions = fc.array(action, { minLength: 40, maxLength: 60 });
  const all = fc.array(actions, { minLength: CONNECTIONS, maxLength: CONNECTIONS });
  const property = fc.asyncProperty(all, fc.boolean(), async (all, work) => {
    await prepare(sql, limits);
    const run = new ConcurrentRun(sql, WORKERS, limits.caps);
    const acts = all.map((actions, number) => run.act(number, actions));
    // All have ended before the first failure is told, so that none disturbs what comes next.
    await Promise.allSettled(acts);
    await Promise.all(acts);
    await run.check();
    const world = new World(sql, await look(sql));
    checkState(await world.look(), world);
    await (work ? finishByWork(world) : finishByDeadlines(world));
  });
  // What goes wrong when many meet does not go wrong again with fewer.
  await fc.assert(property, { numRuns, endOnFailure: true });
}

Deno.test("many at once: nothing is done twice, no limit is passed, nobody waits for ever", async (t) => {
  await withProject(async (url) => {
    const sql = postgres(url, {
      // An operator has one more open.
      max: 2 * CONNECTIONS,
      onnotice: () => {},
      connection: { deadlock_timeout: 100, statement_timeout: 10_000 },
    });
    try {
      await t.step(
        "in faults",
        () => checkConcurrentRuns(sql, faults, { inFlight: 3, perMinute: 12 }, 6),
      );
      await t.step(
        "in a rush",
        () => checkConcurrentRuns(sql, rush, { inFlight: 100, perMinute: null }, 3),
      );
      await t.step("near caps", () =>
        checkConcurrentRuns(sql, spending, {
          ...{ inFlight: 100, perMinute: null },
          caps: { user: 4, project: 8, provider: 3, key: 3 },
        }, 4));
    } finally {
      await sql.end();
    }
  });
});

import { groups } from "./groups.ts";
import { moneyCounts } from "./money_counts.ts";
import type { RawCall, RawRows, RawTask } from "./raw_rows.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** What a view says, with its values as they compare. */
export type Row = Readonly<Record<string, unknown>>;

/** How the rows of each view of `monitoring` should be, counted by other means than SQL. */
export const counts: Readonly<Record<string, (raw: RawRows) => Row[]>> = {
  queues: ({ lanes, messages, now }) =>
    lanes.flatMap(({ provider: lane }) => {
      const kinds = { ready: lane, polls: `${lane}_polls` };
      return Object.entries(kinds).map(([queue, name]) => {
        const all = messages.get(name) ?? [];
        const due = all.filter(({ vt }) => vt <= now);
        return { lane, queue, messages: all.length, due: due.length };
      });
    }),

  lanes: ({ lanes, tasks, calls, now }) =>
    lanes.map((lane) => ({
      lane: lane.provider,
      in_flight: tasks.filter((task) =>
        task.provider === lane.provider && task.finished_at === null &&
        (task.handle !== null || (task.lease_expires_at ?? 0) > now)
      ).length,
      max_in_flight: lane.max_in_flight,
      started_in_minute: sum(
        calls
          .filter((call) => call.provider === lane.provider && call.started_at > now - 60)
          .map(({ result_count }) => result_count),
      ),
      results_per_minute: lane.results_per_minute,
      paused: (lane.paused_until ?? 0) > now,
      consecutive_failures: lane.consecutive_failures,
    })),

  paused_lanes: ({ lanes }) =>
    lanes
      .filter((lane) => lane.paused_until !== null || lane.consecutive_failures > 0)
      .map((lane) => ({ lane: lane.provider, consecutive_failures: lane.consecutive_failures })),

  operations: ({ tasks, now }) =>
    Object.entries({ hour: HOUR, day: DAY }).flatMap(([period, length]) =>
      groups(
        endedSince(tasks, now - length),
        ({ operation, provider }) => ({ operation, provider }),
      )
        .map(([pair, ended]) => {
          const [complete, failed] = [countOf(ended, "complete"), countOf(ended, "failed")];
          return {
            period,
            ...pair,
            finished: ended.length,
            complete,
            failed,
            canceled: countOf(ended, "canceled"),
            success_rate: complete + failed > 0
              ? Math.round(10_000 * complete / (complete + failed)) / 10_000
              : null,
          };
        })
    ),

  hours: ({ tasks, now }) =>
    groups(
      endedSince(tasks, Math.floor(now / HOUR) * HOUR - 23 * HOUR),
      ({ finished_at, provider }) => ({
        hour: Math.floor((finished_at ?? 0) / HOUR) * HOUR,
        provider,
      }),
    ).map(([{ provider }, ended]) => ({
      provider,
      finished: ended.length,
      complete: countOf(ended, "complete"),
      failed: countOf(ended, "failed"),
    })),

  failures: ({ tasks, now }) =>
    groups(
      endedSince(tasks, now - DAY).filter(({ error_code }) => error_code !== null),
      ({ provider, operation, error_code }) => ({ provider, operation, error_code }),
    ).map(([group, ended]) => ({
      ...group,
      last_hour: endedSince(ended, now - HOUR).length,
      last_day: ended.length,
    })),

  stuck_tasks: ({ tasks, now }) =>
    tasks
      .filter((task) => task.finished_at === null)
      .filter((task) =>
        task.deadline_at < now - 60 ||
        (task.lease_expires_at !== null &&
          (task.lease_expires_at < now - 60 || task.claims_without_outcome >= 3))
      )
      .map(({ id, provider, operation }) => ({ id, lane: provider, operation })),

  dead_letters: ({ deadLetters }) =>
    deadLetters
      .filter(({ replayed_at }) => replayed_at === null)
      .map(({ id, task_id }) => ({ id, task_id })),

  refused_users: ({ refusals, now }) =>
    groups(
      refusals.filter(({ refused_at }) => refused_at > now - DAY),
      ({ user_id }) => ({ user_id }),
    )
      .map(([user, refused]) => ({
        ...user,
        refusals: refused.length,
        last_refused_by: refused.toSorted((left, right) => left.id - right.id).at(-1)?.refused_by,
      })),

  reports: ({ reports, tasks }) =>
    reports
      .filter(({ closed_at }) => closed_at === null)
      .map(({ task_id, reason }) => ({
        task_id,
        reason,
        operation: tasks.find(({ id }) => id === task_id)?.operation,
      })),

  billable_calls: ({ calls, now }) =>
    groups(
      calls.filter((call) =>
        call.sent_at !== null && call.started_at >= Math.floor(now / DAY) * DAY - 6 * DAY
      ),
      ({ started_at, provider }) => ({
        day: new Date(started_at * 1000).toISOString().slice(0, 10),
        provider,
      }),
    ).map(([group, made]) => {
      const of = (outcome: string | null): RawCall[] => made.filter((c) => c.outcome === outcome);
      return {
        ...group,
        calls: made.length,
        succeeded: of("succeeded").length,
        failed: of("failed").length,
        under_way: of(null).length,
        ambiguous: of("ambiguous").length,
        results: sum(of("succeeded").map(({ result_count }) => result_count)),
        cost_usd: costOf(made.filter(({ outcome }) => outcome !== "ambiguous")),
        cost_unknown: of("succeeded").filter(({ cost_usd }) => cost_usd === null).length,
        ambiguous_cost_usd: costOf(of("ambiguous")),
        ambiguous_cost_unknown: of("ambiguous").filter(({ cost_usd }) => cost_usd === null).length,
      };
    }),

  ambiguous_calls: ({ calls, now }) =>
    calls
      .filter((call) => call.outcome === "ambiguous" && call.started_at > now - 7 * DAY)
      .map(({ id, provider }) => ({ id, provider })),

  ...moneyCounts,

  workers: ({ workers, now }) =>
    workers.map(({ id, seen_at }) => ({ id, live: seen_at > now - 10 })),

  cron_jobs: ({ jobs }) => jobs.map(({ jobname }) => ({ job: jobname })),

  maintenance_jobs: ({ maintenanceJobs }) => maintenanceJobs.map(({ job }) => ({ job })),
};

function endedSince(tasks: readonly RawTask[], since: number): RawTask[] {
  return tasks.filter(({ finished_at }) => finished_at !== null && finished_at > since);
}

function countOf(tasks: readonly RawTask[], status: string): number {
  return tasks.filter((task) => task.status === status).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** In USD, to the millionth, as the ledger has it. */
function costOf(calls: readonly RawCall[]): number {
  return Math.round(1e6 * sum(calls.map(({ cost_usd }) => cost_usd ?? 0))) / 1e6;
}

import { groups } from "./groups.ts";
import type { RawCall, RawRows } from "./raw_rows.ts";

const DAY = 24 * 3_600;
const NOBODY = "ffffffff-ffff-ffff-ffff-ffffffffffff";

type Row = Readonly<Record<string, unknown>>;

/** How the views about money should be, counted by other means than SQL. */
export const moneyCounts: Readonly<Record<string, (raw: RawRows) => Row[]>> = {
  budgets: (raw) => budgetsOf(raw).map((budget) => ({ ...budget })),

  spending: (raw) => {
    const budgets = budgetsOf(raw);
    return periodsOf(raw).map(({ scope, scope_id, period, period_start, usd }) => {
      const cap = budgets.find((budget) =>
        budget.scope === scope && budget.scope_id === scope_id && budget.period === period
      )?.cap_usd ?? null;
      return {
        scope,
        scope_id,
        period,
        period_start,
        used_usd: usd,
        cap_usd: cap,
        share: cap ? Math.round(1e4 * usd / cap) / 1e4 : null,
      };
    });
  },

  spend_by_day: ({ calls, tasks, now }) => {
    const made = calls.filter(({ sent_at }) => sent_at !== null).map((call) => {
      const task = tasks.find(({ id }) => id === call.task_id);
      return {
        ...of(task?.created_at ?? call.started_at, call.provider, task?.plan),
        task: task?.id,
        calls: 1,
        billed: call.outcome === null ? 0 : costOf(call),
        reserved: 0,
      };
    });
    const open = tasks.filter((task) => task.finished_at === null || task.winds_down).map(
      (task) => ({
        ...of(task.created_at, task.provider, task.plan),
        task: task.id,
        calls: 0,
        billed: 0,
        reserved: Math.max(
          0,
          task.reserved_usd - sum(
            calls.filter((call) => call.task_id === task.id && call.outcome !== null).map(costOf),
          ),
        ),
      }),
    );
    const since = Math.floor(now / DAY) * DAY - 6 * DAY;
    return groups(
      [...made, ...open].filter(({ at }) => at >= since),
      ({ day, provider, plan }) => ({ day, provider, plan }),
    ).map(([group, parts]) => ({
      ...group,
      tasks: new Set(parts.flatMap(({ task }) => task ?? [])).size,
      calls: sum(parts.map((part) => part.calls)),
      billed_usd: sum(parts.map(({ billed }) => billed)),
      reserved_usd: sum(parts.map(({ reserved }) => reserved)),
    }));
  },

  dearest_users: ({ userSpending, tasks, now }) =>
    userSpending
      .filter(({ day, used_usd }) => day === dayOf(now) && used_usd > 0)
      .toSorted((left, right) =>
        right.used_usd - left.used_usd || (left.user_id < right.user_id ? -1 : 1)
      )
      .slice(0, 10)
      .map(({ user_id, used_usd }) => ({
        user_id,
        usd: used_usd,
        tasks:
          tasks.filter((task) => task.user_id === user_id && dayOf(task.created_at) === dayOf(now))
            .length,
      })),

  price_drift: ({ calls, now }) =>
    groups(
      calls.filter((call) =>
        call.started_at > now - 7 * DAY && call.outcome === "succeeded" &&
        call.cost_usd !== null && (call.list_price_usd ?? 0) > 0
      ),
      ({ provider, model }) => ({ provider, model: model ?? "unnamed" }),
    ).map(([group, told]) => {
      const [cost, list] = [
        sum(told.map(({ cost_usd }) => cost_usd ?? 0)),
        sum(told.map(({ list_price_usd }) => list_price_usd ?? 0)),
      ];
      const drift = Math.round(1e4 * (cost / list - 1)) / 1e4;
      return { ...group, calls: told.length, told_usd: cost, list_usd: list, drift };
    }),
};

interface Budget {
  readonly scope: string;
  readonly scope_id: string;
  readonly name: string;
  readonly period: string;
  readonly cap_usd: number | null;
}

function budgetsOf({ caps: [caps], lanes, apiKeys }: RawRows): Budget[] {
  const project = { scope: "project", scope_id: "", name: "project" };
  return [
    { ...project, period: "day", cap_usd: caps?.project_usd_per_day ?? null },
    { ...project, period: "month", cap_usd: caps?.project_usd_per_month ?? null },
    ...lanes.map(({ provider, usd_per_day }) => ({
      scope: "provider",
      scope_id: provider,
      name: provider,
      period: "day",
      cap_usd: usd_per_day ?? caps?.provider_usd_per_day ?? null,
    })),
    ...apiKeys.filter(({ active }) => active).map(({ id, prefix, usd_per_day }) => ({
      scope: "key",
      scope_id: id,
      name: prefix,
      period: "day",
      cap_usd: usd_per_day ?? caps?.key_usd_per_day ?? null,
    })),
  ];
}

interface Period {
  readonly scope: string;
  readonly scope_id: string;
  readonly period: string;
  readonly period_start: string;
  readonly usd: number;
}

/** Each day, and each month of the project, with what was spent. Today is always there. */
function periodsOf(raw: RawRows): Period[] {
  const parts = [
    ...raw.spending,
    ...raw.stripes.flatMap(({ provider, api_key_id, day, used_usd }) => [
      { scope: "project", scope_id: "", day, used_usd },
      { scope: "provider", scope_id: provider, day, used_usd },
      ...api_key_id === NOBODY ? [] : [{ scope: "key", scope_id: api_key_id, day, used_usd }],
    ]),
    ...budgetsOf(raw).map(({ scope, scope_id }) => ({
      scope,
      scope_id,
      day: dayOf(raw.now),
      used_usd: 0,
    })),
  ];
  const all = parts.flatMap(({ scope, scope_id, day, used_usd }) => [
    { scope, scope_id, period: "day", period_start: day, used_usd },
    ...scope === "project"
      ? [{ scope, scope_id, period: "month", period_start: `${day.slice(0, 7)}-01`, used_usd }]
      : [],
  ]);
  return groups(
    all,
    ({ scope, scope_id, period, period_start }) => ({ scope, scope_id, period, period_start }),
  ).map(([group, used]) => ({ ...group, usd: sum(used.map(({ used_usd }) => used_usd)) }));
}

function of(at: number, provider: string, plan = "deleted"): {
  readonly at: number;
  readonly day: string;
  readonly provider: string;
  readonly plan: string;
} {
  return { at, day: dayOf(at), provider, plan };
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** What counts as the cost of a call that is over. */
function costOf({ outcome, sent_at, cost_usd, estimate_usd }: RawCall): number {
  return outcome === "failed" || sent_at === null ? 0 : cost_usd ?? estimate_usd ?? 0;
}

/** In USD, to the millionth, as the ledger has it. */
function sum(values: readonly number[]): number {
  return Math.round(1e6 * values.reduce((total, value) => total + value, 0)) / 1e6;
}

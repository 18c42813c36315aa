import assert from "node:assert/strict";
import { type Call, isFinal, type Snapshot, type Task, type UserSpending } from "./snapshot.ts";

/** Whom a task counts for, and when; also after it is gone. */
interface Account {
  readonly user: string | null;
  readonly day: string;
  readonly provider: string;
  readonly key: string | null;
  readonly output: string;
  readonly results: number;
  readonly isComplete: boolean;
}

interface Counted extends Account {
  readonly usd: number;
  /** Its results count. */
  readonly isServed: boolean;
}

/** What was to be counted of all tasks that ever were. */
export class Books {
  /** By task. */
  readonly #accounts = new Map<string, Account>();
  /** The tasks of calls. */
  readonly #tasks = new Map<number, string>();

  follow({ rows }: Snapshot): void {
    for (const task of rows.tasks) {
      this.#accounts.set(task.id, {
        ...{ user: task.user_id, day: task.day, provider: task.provider, output: task.output },
        key: task.counts_for_key ? task.api_key_id : null,
        ...{ results: task.result_count, isComplete: task.status === "complete" },
      });
    }
    for (const { id, task_id } of rows.calls) if (task_id !== null) this.#tasks.set(id, task_id);
  }

  /** What a user who is deleted has spent, the project has spent all the same. */
  leave(user: string): void {
    for (const [id, account] of this.#accounts) {
      if (account.user === user) this.#accounts.set(id, { ...account, user: null });
    }
  }

  check(snapshot: Snapshot): void {
    for (const task of snapshot.rows.tasks) checkReservation(task, snapshot);
    const counted = this.#countAll(snapshot);
    assert.deepEqual(budgetsOf(snapshot), sumsOf(counted), "what is counted for all");
    checkUsers(snapshot.rows.userSpending, counted);
  }

  #countAll({ rows }: Snapshot): Counted[] {
    const costs = new Map<string, number>();
    for (const call of rows.calls) {
      const task = this.#tasks.get(call.id);
      if (task) costs.set(task, (costs.get(task) ?? 0) + costOf(call));
    }
    const tasks = new Map(rows.tasks.map((task) => [task.id, task]));
    return [...this.#accounts].map(([id, account]) => {
      const task = tasks.get(id);
      const usd = task ? inMicros(task.reserved_usd) : costs.get(id) ?? 0;
      const isOver = !task || hasEnded(task);
      return { ...account, usd, isServed: !isOver || account.isComplete || usd > 0 };
    });
  }
}

/** USD in the smallest part that is counted, so that sums are exact. */
export function inMicros(usd: number): number {
  return Math.round(usd * 1_000_000);
}

/** What it costs by the ledger, in micro-dollars: as long as it is open, what it may cost. */
function costOf({ outcome, cost_usd, estimate_usd }: Call): number {
  return outcome === "failed" ? 0 : inMicros(cost_usd ?? estimate_usd ?? 0);
}

/** For its provider, too. */
function hasEnded(task: Task): boolean {
  return isFinal(task) && !task.winds_down;
}

function checkReservation(task: Task, { rows }: Snapshot): void {
  const calls = rows.calls.filter(({ task_id }) => task_id === task.id);
  const cost = calls.reduce((sum, call) => sum + costOf(call), 0);
  const reserved = inMicros(task.reserved_usd);
  if (hasEnded(task)) return assert.equal(reserved, cost, "what has ended counts what it has cost");
  assert.ok(reserved >= cost, `counts ${reserved} and may have cost ${cost}`);
  const isOpen = calls.some(({ outcome }) => outcome === null);
  if (isFinal(task) || task.handle !== null || isOpen) return;
  const next = inMicros(task.estimate_usd);
  assert.ok(reserved >= cost + next, `counts ${reserved}, has cost ${cost}, and will cost ${next}`);
}

type Sums = Readonly<Record<string, number>>;

function budgetsOf({ rows }: Snapshot): Sums {
  return Object.fromEntries(
    rows.budgets.map(({ scope, scope_id, day, usd }) => [
      `${scope} ${scope_id} ${day}`,
      inMicros(usd),
    ]),
  );
}

function sumsOf(counted: readonly Counted[]): Sums {
  const sums = new Map<string, number>();
  for (const { day, provider, key, usd } of counted) {
    const scopes = ["project ", `provider ${provider}`, ...(key === null ? [] : [`key ${key}`])];
    for (const scope of scopes) {
      const name = `${scope} ${day}`;
      sums.set(name, (sums.get(name) ?? 0) + usd);
    }
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}

function checkUsers(rows: readonly UserSpending[], counted: readonly Counted[]): void {
  const own = ({ user, day }: { user: string | null; day: string }): string => `${user} ${day}`;
  const known = new Set(rows.map(({ user_id, day }) => own({ user: user_id, day })));
  for (const row of rows) {
    const its = counted.filter((one) => one.user === row.user_id && one.day === row.day);
    const results = (output: string): number =>
      its.filter((one) => one.output === output && one.isServed)
        .reduce((sum, one) => sum + one.results, 0);
    assert.deepEqual(
      { usd: inMicros(row.used_usd), images: row.images, models: row.models },
      {
        usd: its.reduce((sum, one) => sum + one.usd, 0),
        ...{ images: results("image"), models: results("model") },
      },
      "what is counted for a user",
    );
  }
  const missing = counted.filter((one) =>
    one.user !== null && (one.usd > 0 || one.isServed) && !known.has(own(one))
  );
  assert.deepEqual(missing, [], "what is counted for no user");
}

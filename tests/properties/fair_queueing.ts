import assert from "node:assert/strict";
import { poolsOf, waitingIn } from "./capacity.ts";
import { isBefore } from "./passing.ts";
import { isFinal, type Lane, type Snapshot, type Task, taskById } from "./snapshot.ts";

/** What two users were started for while both waited: the one more than the other, and its bounds. */
interface Pair {
  readonly lead: number;
  readonly least: number;
  readonly most: number;
}

/** The user of what only winds down, which nothing waits for. */
const NOBODY = "";

const EQUAL: Pair = { lead: 0, least: 0, most: 0 };

/**
 * Start-time fair queueing promises (Goyal, Vin and Cheng 1996, theorem 1): whenever two users wait in
 * a pool all the time, what they were started for differs by at most one largest request of each.
 */
export class FairQueueing {
  readonly #pairs = new Map<string, Pair>();
  /** The largest request of each user and pool so far. */
  readonly #largest = new Map<string, number>();
  /** Tasks of each pool that have passed larger ones: they count when it would have been their turn. */
  readonly #passers = new Map<string, readonly Task[]>();
  /** Users of a pool to whom something happened that the promise is not about, until all is started. */
  readonly #irregular = new Set<string>();

  /** Follows a step, which started these tasks for the first time, in this order. */
  follow(before: Snapshot, after: Snapshot, started: readonly Task[]): void {
    for (const lane of after.rows.lanes) {
      for (const { name } of poolsOf(lane.provider, after)) {
        const starts = started.filter((task) =>
          task.provider === lane.provider && task.pool === name
        );
        this.#followPool(lane, name, before, after, starts);
      }
    }
  }

  #followPool(
    lane: Lane,
    pool: string,
    before: Snapshot,
    after: Snapshot,
    starts: readonly Task[],
  ): void {
    const place = `${lane.provider}/${pool}`;
    const pending = pendingIn(before, lane.provider, pool);
    const waiting = waitingIn(lane.provider, pool, before).filter(isPending);
    const then = before.rows.lanes.find(({ provider }) => provider === lane.provider);
    const isOtherCost = (then?.results_per_minute === null) !== (lane.results_per_minute === null);
    for (const { user_id, id } of pending) {
      const now = taskById(after, id);
      const isGone = !now || isFinal(now);
      const isHidden = !waiting.some((one) => one.id === id);
      if (isGone || isHidden || isOtherCost || isSetBack(lane, user_id, before)) {
        this.#irregular.add(`${place} ${user_id}`);
      }
    }
    for (const task of starts) {
      waiting.splice(waiting.findIndex(({ id }) => id === task.id), 1);
      this.#start(lane, place, task, waiting);
    }
    this.#forget(place, waitingIn(lane.provider, pool, after), after, lane.provider, pool);
  }

  #start(lane: Lane, place: string, task: Task, waiting: readonly Task[]): void {
    const [first] = waiting;
    const isDue = (one: Task): boolean => !first || isBefore(one, first);
    const started = [...(this.#passers.get(place) ?? []), task];
    this.#passers.set(place, started.filter((one) => !isDue(one)));
    for (const one of started.filter(isDue)) this.#count(lane, place, one, waiting);
  }

  #count(lane: Lane, place: string, task: Task, waiting: readonly Task[]): void {
    const user = task.user_id ?? NOBODY;
    const cost = costOf(task, lane);
    const key = `${place} ${user}`;
    this.#largest.set(key, Math.max(this.#largest.get(key) ?? 0, cost));
    for (const other of new Set(waiting.map(({ user_id }) => user_id ?? NOBODY))) {
      if (other === user) continue;
      const bound = this.#boundOf(lane, place, waiting, user, other);
      const isFirst = user < other;
      const pairKey = `${place} ${isFirst ? user : other} ${isFirst ? other : user}`;
      const pair = this.#pairs.get(pairKey) ?? EQUAL;
      const lead = pair.lead + (isFirst ? cost : -cost);
      const least = Math.min(pair.least, lead);
      const most = Math.max(pair.most, lead);
      this.#pairs.set(pairKey, { lead, least, most });
      if (this.#irregular.has(key) || this.#irregular.has(`${place} ${other}`)) continue;
      const ahead = Math.max(lead - least, most - lead);
      assert.ok(ahead <= bound, `${place}: ${ahead} more for one user than for another (${bound})`);
    }
  }

  #boundOf(
    lane: Lane,
    place: string,
    waiting: readonly Task[],
    ...users: readonly string[]
  ): number {
    return users.reduce((sum, user) => {
      const costs = waiting.filter(({ user_id }) => user_id === user)
        .map((task) => costOf(task, lane));
      return sum + Math.max(this.#largest.get(`${place} ${user}`) ?? 0, ...costs);
    }, 0);
  }

  /** Who does not wait any more begins anew. */
  #forget(
    place: string,
    waiting: readonly Task[],
    after: Snapshot,
    lane: string,
    pool: string,
  ): void {
    const waits = (user: string): boolean => waiting.some(({ user_id }) => user_id === user);
    for (const key of [...this.#pairs.keys()].filter((one) => one.startsWith(`${place} `))) {
      const [, first = "", second = ""] = key.split(" ");
      if (!waits(first) || !waits(second)) this.#pairs.delete(key);
    }
    const users = new Set(pendingIn(after, lane, pool).map(({ user_id }) => user_id));
    for (const key of [...this.#irregular].filter((one) => one.startsWith(`${place} `))) {
      if (!users.has(key.slice(place.length + 1))) this.#irregular.delete(key);
    }
  }
}

/** How much of what the lane is limited by. */
function costOf({ result_count }: Task, { results_per_minute }: Lane): number {
  return results_per_minute === null ? 1 : result_count;
}

function isPending({ status }: Task): boolean {
  return status === "pending";
}

function pendingIn({ rows }: Snapshot, lane: string, pool: string): Task[] {
  return rows.tasks.filter((task) =>
    isPending(task) && task.provider === lane && task.pool === pool
  );
}

/** Whether others go first because of failures. */
function isSetBack(
  { provider, paused_until }: Lane,
  userId: string | null,
  { rows }: Snapshot,
): boolean {
  return paused_until !== null ||
    rows.failing.some((one) =>
      one.provider === provider && one.user_id === userId && one.paused_until !== null
    );
}

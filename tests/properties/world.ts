import type postgres from "postgres";
import { Books } from "./books.ts";
import { Breaker } from "./breaker.ts";
import type { Caps } from "./budgets.ts";
import { FairQueueing } from "./fair_queueing.ts";
import { isFinal, look, type Snapshot, type Task, taskById } from "./snapshot.ts";
import { USERS } from "./vocabulary.ts";

/** A lease that some worker was given, and may still believe in. */
export interface Claim {
  readonly id: string;
  readonly lease: number;
  /** Its holder has settled, or somebody else has claimed or ended the task. */
  isOver: boolean;
}

/** The database, as it was last seen, and what the test knows of it by itself. */
export class World {
  readonly sql: postgres.Sql;
  seen: Snapshot;
  /** All that were ever given, in order. */
  readonly claims: Claim[] = [];
  /** Tasks whose message was taken away and not restored yet. */
  readonly lost = new Set<string>();
  readonly turns = new FairQueueing();
  readonly breaker = new Breaker();
  readonly books = new Books();
  /** What each may spend. */
  caps: Caps = {};
  /** What the last step has started for the first time, in order. */
  started: readonly Task[] = [];
  /** How many tasks a user may have under way. */
  activeAllowed: number | null = null;
  /** What was done, for the report of a failure. */
  readonly history: string[] = [];
  readonly #names = new Map<string, string>();

  constructor(sql: postgres.Sql, seen: Snapshot) {
    this.sql = sql;
    this.seen = seen;
  }

  /** The tasks in the order they were submitted, which is the same in every repetition. */
  get tasks(): Task[] {
    return [...this.#names.keys()].flatMap((id) => taskById(this.seen, id) ?? []);
  }

  /**
   * Leases that are good: their holders settled nothing, and nobody claimed the tasks since. That a
   * user gives the work up does not end them as long as the provider is at it.
   */
  get goodClaims(): Claim[] {
    return this.claims.filter((claim) => this.isGood(claim));
  }

  isGood({ id, isOver }: Claim): boolean {
    const task = taskById(this.seen, id);
    const isWorkedOn = task?.winds_down && task.lease_expires_at !== null;
    return !isOver && task !== undefined && (!isFinal(task) || isWorkedOn === true);
  }

  give(id: string, lease: number): void {
    this.endLeases(id);
    this.claims.push({ id, lease, isOver: false });
  }

  /** From now on no lease of the task is good. */
  endLeases(id: string): void {
    for (const claim of this.claims) {
      if (claim.id === id) claim.isOver = true;
    }
  }

  /** Nobody will use this lease again. */
  forget(claim: Claim): void {
    this.claims.splice(this.claims.indexOf(claim), 1);
  }

  nameOf(id: string): string {
    return this.#names.get(id) ?? "nobody's";
  }

  /** Looks again, and gives names to tasks that are new. */
  async look(): Promise<Snapshot> {
    const snapshot = await look(this.sql);
    this.books.follow(snapshot);
    for (const { id, user_id, client_task_id } of snapshot.rows.tasks) {
      if (this.#names.has(id)) continue;
      const user = USERS.find((one) => one.id === user_id)?.name;
      const base = `${user}/${client_task_id}`;
      const earlier = [...this.#names.values()].filter((name) => name.startsWith(base)).length;
      this.#names.set(id, earlier === 0 ? base : `${base}#${earlier + 1}`);
    }
    return snapshot;
  }
}

/** The item that a random number stands for; undefined if there is none. */
export function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % items.length];
}

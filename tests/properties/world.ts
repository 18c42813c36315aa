import type postgres from "postgres";
import { FairQueueing } from "./fair_queueing.ts";
import { look, type Snapshot, type Task, taskById } from "./snapshot.ts";
import { LEASE_SECONDS, USERS } from "./vocabulary.ts";

/** A lease that some worker was given, and may still believe in. */
export interface Claim {
  readonly id: string;
  readonly lease: number;
  expiresAt: number;
}

/** The database, as it was last seen, and what the test knows of it by itself. */
export class World {
  readonly sql: postgres.Sql;
  seen: Snapshot;
  /** Seconds that were made pass. */
  clock = 0;
  /** All that were ever given, in order. */
  readonly claims: Claim[] = [];
  /** Tasks whose message was taken away and not restored yet. */
  readonly lost = new Set<string>();
  readonly turns = new FairQueueing();
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

  /** Leases that are good: their holders settled nothing, and their time is not over. */
  get goodClaims(): Claim[] {
    return this.claims.filter((claim) => this.isGood(claim));
  }

  isGood({ expiresAt }: Claim): boolean {
    return expiresAt > this.clock;
  }

  give(id: string, lease: number): void {
    this.claims.push({ id, lease, expiresAt: this.clock + LEASE_SECONDS });
  }

  extend(claim: Claim): void {
    claim.expiresAt = this.clock + LEASE_SECONDS;
  }

  /** From now on no lease of the task is good. */
  endLeases(id: string): void {
    for (const claim of this.claims) {
      if (claim.id === id) claim.expiresAt = -Infinity;
    }
  }

  nameOf(id: string): string {
    return this.#names.get(id) ?? "nobody's";
  }

  /** Looks again, and gives names to tasks that are new. */
  async look(): Promise<Snapshot> {
    const snapshot = await look(this.sql);
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

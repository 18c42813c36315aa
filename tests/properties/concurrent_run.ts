import assert from "node:assert/strict";
import type postgres from "postgres";
import { disturb, openLanes } from "./concurrent_faults.ts";
import { checkEnds, checkHolds, type Hold } from "./holds.ts";
import { countedResults, inFlight, sumOf } from "./capacity.ts";
import { cancel, claim, extend, type Given, recover, submit, sweep } from "./operations.ts";
import { settle, type Settlement } from "./settle.ts";
import { look, type Snapshot } from "./snapshot.ts";
import { ESTIMATES, KEYS, PLACES, USERS } from "./vocabulary.ts";

/** One process: several things at once, under one id. */
interface Worker {
  readonly id: string;
  readonly held: Hold[];
  isBeating: boolean;
}

export type Action =
  | { readonly kind: "submit"; readonly name: string; readonly seconds: number }
  | { readonly kind: "claim"; readonly limit: number }
  | { readonly kind: "settle"; readonly how: Settlement }
  | { readonly kind: "cancel" | "crash" | "early" | "double"; readonly index: number }
  | { readonly kind: "mark call sent" | "beat" | "sweep" | "recover" | "open" }
  | { readonly kind: "operate"; readonly lane: string };

/** In USD a day. */
export interface RunCaps {
  readonly user: number;
  readonly project: number;
  readonly provider: number;
  readonly key: number;
}

/** Many at once, each on a connection of its own; and what they have seen. */
export class ConcurrentRun {
  readonly #holds: Hold[] = [];
  /** How tasks ended, as those were told who ended them. */
  readonly #ends = new Map<string, string>();
  readonly #sql: postgres.Sql;
  readonly #caps: RunCaps | undefined;
  readonly #workers: Worker[];
  readonly #tasks: { readonly id: string; readonly userId: string }[] = [];
  /** Those that somebody has tried to cancel. */
  readonly #canceled = new Set<string>();
  #now = 0;

  /** @param caps If there are some, submits obey them. */
  constructor(sql: postgres.Sql, workers: number, caps?: RunCaps) {
    this.#sql = sql;
    this.#caps = caps;
    this.#workers = Array.from({ length: workers }, () => ({
      id: crypto.randomUUID(),
      held: [],
      isBeating: false,
    }));
  }

  /** Does all that one connection is to do, one after the other. */
  async act(number: number, actions: readonly Action[]): Promise<void> {
    const worker = this.#workers[number % this.#workers.length];
    if (!worker) return;
    for (const [index, action] of actions.entries()) await this.#do(worker, action, number + index);
  }

  async #do(worker: Worker, action: Action, salt: number): Promise<void> {
    switch (action.kind) {
      case "submit":
        return await this.#submit(action.name, action.seconds, salt);
      case "claim":
        await this.#claim(worker, action.limit);
        return;
      case "settle":
        return await this.#settle(worker, action.how);
      case "mark call sent":
        return await this.#markCallSent(worker);
      case "beat":
        return await this.#beat(worker);
      case "cancel":
        return await this.#cancel(action.index);
      case "crash":
        return await this.#crash(action.index);
      case "early":
      case "double":
        return await disturb(this.#sql, action.kind, this.#tasks, action.index);
      case "sweep":
        return await sweep(this.#sql);
      case "recover":
        return await recover(this.#sql);
      case "open":
        return await openLanes(this.#sql);
      case "operate":
        return await this.#operate(worker, action.lane);
    }
  }

  /** An operator leaves a transaction open that has changed a lane: nothing waits for its end. */
  async #operate(worker: Worker, lane: string): Promise<void> {
    await this.#sql.begin(async (sql) => {
      await sql`
        update private.lanes set max_in_flight = max_in_flight where provider = ${lane}
      `;
      const given = await this.#claim(worker, 2);
      const started = given.filter((one) => one.lane === lane && one.handle === null);
      const anew = await this.#sql`
        select from public.tasks
        where id = any (${started.map(({ id }) => id)}::uuid[]) and not claimed_alone
      `;
      assert.equal(anew.length, 0, "a lane was claimed from that somebody else has locked");
      await this.#settle(worker, { kind: "snooze", delay: 0 });
      await recover(this.#sql);
    });
  }

  async #submit(name: string, seconds: number, salt: number): Promise<void> {
    const userId = USERS[salt % USERS.length]?.id ?? "";
    const { lane: provider, pool } = PLACES[salt % PLACES.length] ?? { lane: "", pool: "" };
    const { id } = await submit(this.#sql, {
      ...{ userId, clientTaskId: name, operation: "text-to-image", provider, pool, seconds },
      ...{ parameters: {}, results: 1 + salt % 2, isLimited: this.#caps !== undefined },
      estimateUsd: ESTIMATES[salt % ESTIMATES.length] ?? 0,
      apiKeyId: KEYS[salt % KEYS.length] ?? null,
    });
    if (id !== null) this.#tasks.push({ id, userId });
  }

  async #claim(worker: Worker, limit: number): Promise<Given[]> {
    const given = await claim(this.#sql, limit, { workerId: worker.id });
    for (const one of given) {
      const hold: Hold = { ...one, from: ++this.#now, until: Infinity, taken: "no" };
      this.#holds.push(hold);
      worker.held.push(hold);
    }
    await this.#checkLimits();
    return given;
  }

  async #checkLimits(): Promise<void> {
    const snapshot = await look(this.#sql);
    if (this.#caps) checkCaps(snapshot, this.#caps);
    for (const { provider, max_in_flight, results_per_minute } of snapshot.rows.lanes) {
      const calls = inFlight(snapshot, provider).length;
      assert.ok(calls <= max_in_flight, `too many are in flight in ${provider}`);
      const results = sumOf(countedResults(provider, snapshot));
      assert.ok(results <= (results_per_minute ?? Infinity), `too many results of ${provider}`);
    }
    for (const { provider, name, max_in_flight } of snapshot.rows.pools) {
      const calls = inFlight(snapshot, provider, name).length;
      assert.ok(calls <= max_in_flight, `too many are in flight in ${provider}/${name}`);
    }
  }

  async #settle(worker: Worker, how: Settlement): Promise<void> {
    const hold = worker.held.shift();
    if (!hold) return;
    const wasTaken = this.#wasTaken(hold);
    hold.until = Math.min(hold.until, ++this.#now);
    const state = await settle(this.#sql, hold, how);
    if (state !== null) {
      assert.ok(!wasTaken, "a lost lease was good");
      if (state === "complete" || state === "failed") this.#end(hold.id, state);
    } else {
      assert.ok(hold.taken !== "no" || this.#canceled.has(hold.id), "a good lease was refused");
    }
  }

  async #markCallSent({ held }: Worker): Promise<void> {
    const hold = held.find(({ handle }) => handle === null);
    if (!hold) return;
    const wasTaken = this.#wasTaken(hold);
    const begun = await settle(this.#sql, hold, { kind: "mark call sent" });
    if (begun !== null) assert.ok(!wasTaken, "a call of a lost task went out");
    else {
      const [inTime] = await this.#sql`
        select from public.tasks where id = ${hold.id} and deadline_at > clock_timestamp()
      `;
      const mayBeLost = hold.taken !== "no" || this.#canceled.has(hold.id) || !inTime;
      assert.ok(mayBeLost || hold.until < Infinity, "a call was refused under a good lease");
    }
  }

  /** Whether the task was canceled, or claimed anew: until then a lease is good that has run out. */
  #wasTaken({ id, lease, taken }: Hold): boolean {
    return taken === "surely" || this.#holds.some((one) => one.id === id && one.lease > lease);
  }

  #end(id: string, end: string): void {
    // The last word on what winds down repeats how its task ended.
    if (end === "failed" && this.#ends.get(id) === end) return;
    assert.equal(this.#ends.get(id), undefined, `a task ended twice, at last: ${end}`);
    this.#ends.set(id, end);
  }

  async #beat(worker: Worker): Promise<void> {
    if (worker.isBeating) return;
    worker.isBeating = true;
    await extend(this.#sql, worker.held, worker.id);
    worker.isBeating = false;
  }

  async #cancel(index: number): Promise<void> {
    const task = this.#tasks[index % this.#tasks.length];
    if (!task) return;
    // Whoever is told first: the owner that it is canceled, or a worker that its result is taken.
    const ended = this.#ends.get(task.id);
    this.#canceled.add(task.id);
    const holds = this.#holds.filter(({ id }) => id === task.id);
    for (const hold of holds) if (hold.taken === "no") hold.taken = "perhaps";
    const answer = await cancel(this.#sql, task.userId, task.id);
    const isOver = answer?.canceled === true && !await this.#windsDown(task.id);
    for (const hold of holds) if (isOver) hold.taken = "surely";
    if (answer?.canceled && this.#ends.get(task.id) !== "canceled") this.#end(task.id, "canceled");
    if (ended) assert.equal(answer?.canceled, ended === "canceled", "an end was not the last");
  }

  async #crash(index: number): Promise<void> {
    const hold = this.#holds[index % this.#holds.length];
    if (!hold) return;
    hold.until = Math.min(hold.until, ++this.#now);
    if (hold.taken === "no") hold.taken = "perhaps";
    await this.#sql`
      update public.tasks set lease_expires_at = clock_timestamp() - interval '1 second'
      where id = ${hold.id} and lease = ${hold.lease} and lease_expires_at is not null
    `;
    await disturb(this.#sql, "early", this.#tasks, index);
  }

  async #windsDown(id: string): Promise<boolean> {
    const rows = await this.#sql`select from public.tasks where id = ${id} and winds_down`;
    return rows.length > 0;
  }

  async check(): Promise<void> {
    const { rows } = await look(this.#sql);
    checkEnds(rows.tasks, this.#ends);
    checkHolds(this.#holds);
  }
}

/** Nothing that was accepted passes a cap, if no call costs more than was thought of. */
function checkCaps({ rows }: Snapshot, caps: RunCaps): void {
  for (const { used_usd } of rows.userSpending) {
    assert.ok(used_usd <= caps.user, "beyond a user's cap");
  }
  const allowed = new Map(Object.entries(caps));
  for (const { scope, scope_id, usd } of rows.budgets) {
    assert.ok(usd <= (allowed.get(scope) ?? Infinity), `beyond the cap of ${scope} ${scope_id}`);
  }
}

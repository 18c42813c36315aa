import fc from "fast-check";
import type postgres from "postgres";
import { createOutlooks, type Outlooks } from "../../shared/tasks/outlooks.ts";
import { claim, type Given, submit } from "./operations.ts";
import { settle } from "./settle.ts";
import { keepInTouch, passTime } from "./time.ts";
import { LANES, type Place, PLACES, type User, USERS } from "./vocabulary.ts";

/** What happens to the lanes of a history, and when somebody looks. */
export type Step =
  | {
    readonly kind: "submit";
    readonly user: User;
    readonly place: Place;
  }
  | { readonly kind: "start"; readonly limit: number }
  | { readonly kind: "complete" }
  | { readonly kind: "pause" | "resume"; readonly lane: string }
  | { readonly kind: "look" };

const submits = fc.record({
  kind: fc.constant("submit" as const),
  user: fc.constantFrom(...USERS),
  place: fc.constantFrom(...PLACES),
});
const starts = fc.record({
  kind: fc.constant("start" as const),
  limit: fc.integer({ min: 1, max: 3 }),
});
const pauses = fc.record({
  kind: fc.constantFrom("pause" as const, "resume" as const),
  lane: fc.constantFrom(...LANES.map(({ name }) => name)),
});
const completes = fc.constant<Step>({ kind: "complete" });
const looks = fc.constant<Step>({ kind: "look" });

/** Users come with much at once, or one after the other. */
export const histories = fc.array(
  fc.oneof(submits, submits, submits, submits, submits, starts, starts, completes, pauses, looks),
  { minLength: 8, maxLength: 18 },
);

/** A task of a history. */
export interface Entry {
  readonly id: string;
  readonly user: string;
  readonly place: Place;
  readonly submittedAt: number;
  /** In the order of all starts; infinite before. */
  startedAt: number;
}

/** What a user was told of one of the tasks. */
export interface Look {
  readonly at: number;
  readonly entry: Entry;
  readonly position: number | string | undefined;
}

/** Lives a history in a transaction, until all that was submitted has started. */
export async function liveHistory(
  sql: postgres.Sql,
  steps: readonly Step[],
): Promise<Pick<PlaceHistory, "entries" | "looks">> {
  const history = new PlaceHistory(sql);
  await history.live(steps);
  return history;
}

class PlaceHistory {
  readonly entries: Entry[] = [];
  readonly looks: Look[] = [];
  readonly #sql: postgres.Sql;
  readonly #outlooks: Outlooks;
  #running: Given[] = [];
  #clock = 0;

  constructor(sql: postgres.Sql) {
    this.#sql = sql;
    // Between two looks a line is forgotten.
    this.#outlooks = createOutlooks(sql, () => 2_000 * this.#clock);
  }

  async live(steps: readonly Step[]): Promise<void> {
    await keepInTouch(this.#sql);
    for (const step of steps) await this.#take(step);
    await this.#look();
    await this.#sql`update private.lanes set paused_until = null`;
    while (this.entries.some(({ startedAt }) => startedAt === Infinity)) {
      const started = await this.#start(10);
      await this.#completeAll();
      if (started === 0) await this.#passMinute();
    }
  }

  /** What is limited by the minute goes on with the next. */
  async #passMinute(): Promise<void> {
    await passTime(this.#sql, 60);
    await keepInTouch(this.#sql);
  }

  async #take(step: Step): Promise<void> {
    this.#clock++;
    switch (step.kind) {
      case "submit":
        return await this.#submit(step);
      case "start":
        await this.#start(step.limit);
        return;
      case "complete":
        return await this.#completeAll();
      case "look":
        return await this.#look();
      case "pause":
      case "resume": {
        const hours = step.kind === "pause" ? 1 : null;
        await this.#sql`
          update private.lanes set paused_until = now() + make_interval(hours => ${hours}::integer)
          where provider = ${step.lane}
        `;
      }
    }
  }

  /** Of one result, so that none passes a larger one. */
  async #submit({ user, place }: Step & { kind: "submit" }): Promise<void> {
    const { id } = await submit(this.#sql, {
      ...{ userId: user.id, clientTaskId: crypto.randomUUID(), operation: "text-to-image" },
      ...{ provider: place.lane, pool: place.pool, parameters: {}, results: 1, seconds: 3_600 },
    });
    if (id === null) throw new Error("A submit was refused");
    const submittedAt = this.#clock;
    this.entries.push({ id, user: user.id, place, submittedAt, startedAt: Infinity });
  }

  async #start(limit: number): Promise<number> {
    const given = await claim(this.#sql, limit);
    for (const one of given) {
      const entry = this.entries.find(({ id }) => id === one.id);
      // One after the other, also those that one worker is given at once.
      if (entry) entry.startedAt = ++this.#clock;
    }
    this.#running.push(...given);
    return given.length;
  }

  async #completeAll(): Promise<void> {
    for (const one of this.#running) {
      await settle(this.#sql, one, { kind: "complete", urls: ["https://files.example.com/0"] });
    }
    this.#running = [];
  }

  /** Each user looks at what has not started, as an app does. */
  async #look(): Promise<void> {
    const at = ++this.#clock;
    for (const { id: user } of USERS) {
      const mine = this.entries.filter((entry) =>
        entry.user === user && entry.startedAt === Infinity
      );
      const told = await this.#outlooks.of(
        mine.map(({ id, place }) => ({
          ...{ id, status: "pending" as const, operation: "text-to-image" },
          ...{ provider: place.lane, startedAt: null },
        })),
        user,
      );
      for (const entry of mine) {
        this.looks.push({ at, entry, position: told.get(entry.id)?.queue_position });
      }
    }
  }
}

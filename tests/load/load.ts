import { accepted, complete, cutOff, outcomeOf, POLL_SECONDS } from "./outcomes.ts";
import type { Answer, VirtualProvider, Work } from "./provider.ts";
import * as project from "./project.ts";
import type { VirtualTime } from "./virtual_time.ts";

export interface Job extends Work {
  readonly at: number;
  readonly user: string;
  readonly lane: string;
  readonly timeLimit: number;
  readonly leastRun?: number;
  readonly isLimited?: boolean;
  /** Seconds after its first call was answered; never if it is left out. */
  readonly cancelAfter?: number | undefined;
}

/** What became of a request. */
export interface Seen {
  readonly job: Job;
  id: string | null;
  refusedBy: string | null;
  retryAfter: number | null;
  calls: { readonly at: number; readonly answer: Answer["kind"] }[];
  polls: number[];
  status: string;
  code: string | null;
}

const STARTS = 15;
const POLLS = 20;

/** Plays requests through the database, with workers and providers, second by second and at each event. */
export class Load {
  readonly seen: Seen[] = [];
  readonly #time: VirtualTime;
  readonly #providers: Readonly<Record<string, VirtualProvider>>;
  readonly #users = new Map<string, string>();
  readonly #byId = new Map<string, Seen>();
  readonly #held: number[];
  #events: { readonly at: number; readonly run: () => Promise<void> }[] = [];
  now = 0;

  constructor(
    time: VirtualTime,
    providers: Readonly<Record<string, VirtualProvider>>,
    workers = 2,
  ) {
    this.#time = time;
    this.#providers = providers;
    this.#held = Array.from({ length: workers }, () => 0);
  }

  /** Does something at a second. */
  at(at: number, run: () => Promise<void> | void): void {
    const index = this.#events.findLastIndex((event) => event.at <= at) + 1;
    this.#events.splice(index, 0, { at, run: async () => await run() });
  }

  add(jobs: readonly Job[]): void {
    for (const job of jobs) {
      this.at(job.at, async () => {
        await this.submit(job);
      });
    }
  }

  async submit(job: Job): Promise<Seen> {
    const user = await this.userId(job.user);
    const answer = await project.submit(this.#time.sql, user, job);
    const seen: Seen = {
      job,
      id: answer.id,
      refusedBy: answer.exceeded_limit,
      retryAfter: answer.retry_after_seconds,
      calls: [],
      polls: [],
      status: answer.id ? "open" : "refused",
      code: null,
    };
    this.seen.push(seen);
    if (seen.id) this.#byId.set(seen.id, seen);
    return seen;
  }

  /** So many tasks of a user that a provider has accepted already. */
  async addAccepted(job: Job, count: number): Promise<void> {
    const user = await this.userId(job.user);
    const given = await project.startMany(this.#time.sql, user, job, count);
    const provider = this.#providers[job.lane];
    const handles = given.map(() => {
      const answer = provider?.submit(this.now, job);
      if (answer?.kind !== "accepted") throw new Error("Not accepted");
      return answer.handle;
    });
    await project.acceptMany(this.#time.sql, given, handles, POLL_SECONDS);
    for (const { id } of given) {
      const seen = { job, id, refusedBy: null, retryAfter: null, status: "open", code: null };
      const one: Seen = { ...seen, calls: [{ at: this.now, answer: "accepted" }], polls: [] };
      this.seen.push(one);
      this.#byId.set(id, one);
    }
  }

  async userId(name: string): Promise<string> {
    const id = this.#users.get(name) ?? await project.addUser(this.#time.sql);
    this.#users.set(name, id);
    return id;
  }

  /** Until that second; then reads how each task ended. */
  async play(until: number): Promise<void> {
    while (this.now <= until) {
      const next = Math.min(this.#events[0]?.at ?? Infinity, Math.floor(this.now) + 1);
      if (next > until) break;
      this.now = next;
      await this.#time.set(next);
      while ((this.#events[0]?.at ?? Infinity) <= next) await this.#events.shift()?.run();
      if (Number.isInteger(next)) await project.recover(this.#time.sql);
      await this.#work();
      const mayBeOver = this.#events.length === 0 && next % 10 === 0;
      if (mayBeOver && !await project.isBusy(this.#time.sql)) break;
    }
    const ends = await project.readEnds(this.#time.sql);
    for (const seen of this.seen) {
      const end = ends.get(seen.id ?? "");
      if (end) Object.assign(seen, end);
    }
  }

  async #work(): Promise<void> {
    for (let worker = 0; worker < this.#held.length;) {
      const held = this.#held[worker] ?? 0;
      const given = await project.claim(this.#time.sql, STARTS - held, POLLS, held);
      for (const one of given) {
        if (one.handle === null) await this.#start(worker, one);
        else await this.#poll(one, one.handle);
      }
      if (given.length === 0) worker += 1;
    }
  }

  async #start(worker: number, given: project.Given): Promise<void> {
    const seen = this.#byId.get(given.id);
    if (!seen) throw new Error(`Task ${given.id} is not of this load`);
    if (!await project.markSent(this.#time.sql, given)) {
      await project.settle(this.#time.sql, given, { kind: "release" });
      return;
    }
    const answer = this.#providerOf(given).submit(this.now, seen.job);
    seen.calls.push({ at: this.now, answer: answer.kind });
    if (answer.kind === "result") {
      this.#hold(worker, 1);
      const deadline = seen.job.at + seen.job.timeLimit;
      const isInTime = this.now + answer.seconds <= deadline;
      this.at(Math.min(this.now + answer.seconds, deadline), async () => {
        this.#hold(worker, -1);
        await project.settle(this.#time.sql, given, isInTime ? complete : cutOff);
      });
    } else {
      await project.settle(this.#time.sql, given, outcomeOf(answer));
    }
    if (seen.job.cancelAfter !== undefined && answer.kind !== "busy") {
      this.at(this.now + seen.job.cancelAfter, async () => {
        await project.cancel(this.#time.sql, await this.userId(seen.job.user), given.id);
      });
    }
  }

  async #poll(given: project.Given, handle: string): Promise<void> {
    this.#byId.get(given.id)?.polls.push(this.now);
    const isDone = this.#providerOf(given).isDone(this.now, handle);
    await project.settle(this.#time.sql, given, isDone ? complete : accepted(handle));
  }

  #hold(worker: number, change: number): void {
    this.#held[worker] = (this.#held[worker] ?? 0) + change;
  }

  #providerOf({ lane }: project.Given): VirtualProvider {
    const provider = this.#providers[lane];
    if (!provider) throw new Error(`No provider of ${lane}`);
    return provider;
  }
}

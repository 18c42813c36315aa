import { waitUntil } from "../../support/wait_until.ts";
import type { Service } from "../../../tools/local/stack/service.ts";
import { setCaps } from "../../soak/chaos/budgets.ts";
import { type MarkedRequest, prepareRequests } from "../../soak/chaos/requests.ts";
import type { Fault } from "../../../simulators/faults.ts";
import { createWorker, type FaultStack, wakeWorker } from "../fault_stack.ts";
import { SimulatorControl } from "../simulator_control.ts";
import { submitTask } from "../tasks.ts";
import { countPurchases, type Moment, readRestored } from "./restored_tasks.ts";

const WAKE_MILLISECONDS = 250;
/** Longer than the test. */
const TIME_LIMIT_SECONDS = 900;

/** Before the backup, while it is taken, and after it. */
const EARLY = 60;
const MEANWHILE = 3;
const LATE = 10;

/** What the providers do to the first calls that they get. */
const FAULTS: readonly Fault[] = [
  { provider: "stability", kind: "refused", times: 1 },
  { provider: "recraft", kind: "server_error", times: 1 },
  { provider: "flux", kind: "disconnect", times: 1 },
  { provider: "tripo", kind: "disconnect", times: 1 },
];

/** And to those that are under way at the moment of the backup. */
const LASTING: readonly Fault[] = [
  // Accepted, and not done before all others are where they are to be. First, while there is room.
  { provider: "flux", kind: "slow", latency_ms: 40_000, times: 2 },
  { provider: "tripo", kind: "slow", latency_ms: 40_000, times: 2 },
  // Called for, and nobody will ever know the answer.
  { provider: "openai", kind: "timeout", times: 2 },
  { provider: "recraft", kind: "timeout", times: 1 },
  // The same, and it is in the account's list.
  { provider: "tripo", kind: "timeout", times: 2 },
];

/** How many tasks there must be of each kind when the backup is taken. */
const ENOUGH: Readonly<Record<Moment, number>> = {
  "waiting": 10,
  "looked for": 1,
  "called for": 2,
  "accepted": 2,
  "over": 5,
};

/** Tasks in all lanes, workers that are killed, and providers that fail. */
export class Chaos {
  readonly stack: FaultStack;
  readonly requests: readonly MarkedRequest[];
  readonly providers: SimulatorControl;
  readonly #workers: readonly Service[];
  readonly #timers: ReturnType<typeof setInterval>[] = [];

  private constructor(
    stack: FaultStack,
    requests: readonly MarkedRequest[],
    workers: readonly Service[],
  ) {
    this.stack = stack;
    this.requests = requests;
    this.providers = new SimulatorControl(stack.ports.simulators);
    this.#workers = workers;
  }

  static async prepare(stack: FaultStack): Promise<Chaos> {
    const options = { count: EARLY + MEANWHILE + LATE, timeLimitSeconds: TIME_LIMIT_SECONDS };
    const requests = await prepareRequests(stack, options);
    // So few at once that most wait when the backup is taken: what gets no answer takes all but one.
    await stack.sql`
      update private.lanes
      set results_per_minute = null,
        max_in_flight = case when provider in ('flux', 'tripo') then 7 else 3 end
    `;
    await setCaps(stack.sql);
    const ports = [1, 2].map((index) => stack.ports.worker + index);
    const workers = await Promise.all(
      ports.map((worker) => createWorker(stack, { ...stack.ports, worker })),
    );
    return new Chaos(stack, requests, workers);
  }

  async startWorkers(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.start()));
    for (const index of this.#workers.keys()) {
      const port = this.stack.ports.worker + 1 + index;
      this.#timers.push(
        setInterval(() => wakeWorker(this.stack, port).catch(() => {}), WAKE_MILLISECONDS),
      );
    }
  }

  /** Takes the workers away: what they have under way is lost. */
  async killWorkers(): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    for (const worker of this.#workers) this.#kill(worker);
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }

  /** Goes on until the database has tasks of all kinds, and stops there: each lasts but a moment. */
  async playUntilBackup(): Promise<void> {
    for (const fault of FAULTS) await this.providers.order(fault);
    const early = this.requests.slice(0, EARLY);
    for (const request of early) await submitTask(this.stack.sql, request);
    await this.#waitForPurchases(early, 10);
    this.#kill(this.#workers[0]);
    for (const fault of LASTING) await this.providers.order(fault);
    await this.#cancelAccepted(2);
    let counts: Record<string, number> = {};
    const hasEnough = async (): Promise<boolean> => {
      counts = await this.#countMoments();
      return Object.entries(ENOUGH).every(([moment, least]) => (counts[moment] ?? 0) >= least);
    };
    await waitUntil("tasks of all kinds", async () => {
      if (!await hasEnough()) return false;
      await this.#freezeWorkers();
      const stays = await hasEnough();
      if (!stays) this.#thawWorkers();
      return stays;
    }, 90).catch((cause) => {
      throw new Error(`There are ${JSON.stringify(counts)}`, { cause });
    });
    // What nobody has met by now is not to be met after the restore.
    await this.providers.clearFaults();
  }

  /** What apps submit while the backup is taken. */
  async submitMeanwhile(): Promise<void> {
    const meanwhile = this.requests.slice(EARLY, EARLY + MEANWHILE);
    for (const request of meanwhile) await submitTask(this.stack.sql, request);
  }

  /** Goes on after the backup, until much has happened that it does not know. */
  async playUntilDisaster(): Promise<void> {
    this.#thawWorkers();
    const late = this.requests.slice(EARLY + MEANWHILE);
    for (const request of late) await submitTask(this.stack.sql, request);
    this.#kill(this.#workers[1]);
    await this.#waitForPurchases(late, 3);
  }

  async countPurchases(): Promise<ReadonlyMap<string, number>> {
    return countPurchases(this.requests, await this.providers.read());
  }

  /** How many tasks are where. */
  async #countMoments(): Promise<Record<string, number>> {
    const tasks = await readRestored(this.stack.sql);
    const counts: Record<string, number> = {};
    for (const { moment } of tasks) counts[moment] = (counts[moment] ?? 0) + 1;
    return counts;
  }

  /** Their provider works on, and what it takes is booked. */
  async #cancelAccepted(count: number): Promise<void> {
    let left = count;
    await waitUntil("accepted tasks to cancel", async () => {
      const canceled = await this.stack.sql`
        select private.cancel_own_task(user_id, id) from (
          select user_id, id from public.tasks
          where handle is not null and finished_at is null limit ${left}
        ) as accepted
      `;
      left -= canceled.length;
      return left === 0;
    });
  }

  /** Takes the workers' processor time away, and waits until the database has done what they asked for. */
  async #freezeWorkers(): Promise<void> {
    this.#signal("SIGSTOP");
    await waitUntil("a database at rest", async () => {
      const [activity] = await this.stack.sql<{ active: number }[]>`
        select count(*)::integer as active from pg_stat_activity
        where state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()
      `;
      return activity?.active === 0;
    });
  }

  #thawWorkers(): void {
    this.#signal("SIGCONT");
  }

  #signal(signal: Deno.Signal): void {
    for (const { pid } of this.#workers) if (pid !== undefined) Deno.kill(pid, signal);
  }

  #kill(worker: Service | undefined): void {
    if (worker?.pid !== undefined) Deno.kill(worker.pid, "SIGKILL");
  }

  async #waitForPurchases(requests: readonly MarkedRequest[], least: number): Promise<void> {
    await waitUntil(`${least} purchases`, async () => {
      const counts = countPurchases(requests, await this.providers.read());
      return [...counts.values()].reduce((sum, count) => sum + count, 0) >= least;
    }, 40);
  }
}

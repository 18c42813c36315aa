import { within } from "../../shared/within.ts";
import { type FaultStack, storePicture } from "./fault_stack.ts";
import { isSame, type Point } from "./gate.ts";
import { type Ending, IDLE, type Scenario } from "./scenarios.ts";
import { SimulatorControl } from "./simulator_control.ts";
import { Environment, SweptWorker } from "./swept_worker.ts";
import { isFinal, makeDue, readFacts, submitTask, type TaskFacts } from "./tasks.ts";

/** The first test user of the seed. */
const USER_ID = "00000000-0000-4000-8000-000000000001";
/** Two to be killed, because one needs a second to start again, and one that takes over. */
const VICTIMS = 2;

/** What has become of a task. */
export interface Result {
  readonly ending: Ending;
  readonly facts: TaskFacts;
  /** What the gate had seen up to the end of the worker that was woken first. */
  readonly seen: readonly Point[];
  readonly seconds: number;
}

/** Runs tasks through workers that are killed at chosen points, on a stack of its own. */
export class KillSweep {
  readonly #stack: FaultStack;
  readonly #ledger: SimulatorControl;
  readonly #picture: string;
  readonly #environment: Environment;
  readonly #workers: readonly SweptWorker[];
  /** Those to be killed next, each once it is ready. */
  readonly #victims: Promise<SweptWorker>[];

  private constructor(
    stack: FaultStack,
    picture: string,
    environment: Environment,
    workers: readonly SweptWorker[],
  ) {
    this.#stack = stack;
    this.#ledger = new SimulatorControl(stack.ports.simulators);
    this.#picture = picture;
    this.#environment = environment;
    this.#workers = workers;
    this.#victims = workers.slice(0, VICTIMS).map((worker) => Promise.resolve(worker));
  }

  static async start(stack: FaultStack): Promise<KillSweep> {
    const environment = new Environment(stack);
    const workers = await Promise.all(
      Array.from(
        { length: VICTIMS + 1 },
        (_, index) =>
          SweptWorker.start(
            stack,
            environment,
            index < VICTIMS ? "victim" : "successor",
            stack.ports.worker + 1 + index,
          ),
      ),
    );
    const picture = await storePicture(stack, USER_ID, "input.png");
    return new KillSweep(stack, picture, environment, workers);
  }

  /** Runs a task that nobody disturbs, and tells at which points a worker could be killed. */
  async enumerate(scenario: Scenario): Promise<Result & { readonly points: readonly Point[] }> {
    const result = await this.#run(scenario);
    const points = result.seen.filter((point, index, all) =>
      !IDLE.includes(point.name) && all.findIndex((other) => isSame(other, point)) === index
    );
    // A worker that has settled looks once more: that claim is no part of the task.
    const end = points.findLastIndex(({ name }) => name !== "claim_tasks");
    return { ...result, points: points.slice(0, end + 1) };
  }

  /** Runs a task whose worker is killed at the point, and followed by another. */
  async kill(scenario: Scenario, point: Point): Promise<Result> {
    return await this.#run(scenario, point);
  }

  async #run(scenario: Scenario, point?: Point): Promise<Result> {
    const { gate } = this.#environment;
    const id = await this.#submit(scenario);
    const start = performance.now();
    gate.arm(point);
    const { seen } = gate;
    const next = this.#victims.shift();
    if (!next) throw new Error("No worker to wake");
    const victim = await next;
    const end = await this.#advance(victim, id).finally(() => {
      this.#victims.push(victim.kill()());
      gate.drop();
      gate.arm();
    });
    await this.#environment.waitForLastWords();
    if (point) {
      if (end !== "trapped") throw new Error(`Nobody came to ${JSON.stringify(point)}`);
      await this.#advance(this.#successor, id);
    }
    const seconds = (performance.now() - start) / 1000;
    const facts = await readFacts(this.#stack.sql, id);
    const purchases = (await this.#ledger.read()).length;
    const { status, errorCode, calls } = facts;
    if (status !== "complete" && status !== "failed") throw new Error(`The task is ${status}`);
    return { ending: { status, errorCode, purchases, calls }, facts, seen, seconds };
  }

  get #successor(): SweptWorker {
    const successor = this.#workers[VICTIMS];
    if (!successor) throw new Error("No worker to take over");
    return successor;
  }

  async #submit(scenario: Scenario): Promise<string> {
    const { sql } = this.#stack;
    const { provider, operation, output, parameters, faults } = scenario;
    await this.#ledger.clear();
    for (const fault of faults) await this.#ledger.order(fault);
    await sql`select private.end_pause()`;
    return await submitTask(sql, {
      userId: USER_ID,
      clientTaskId: crypto.randomUUID(),
      provider,
      operation,
      output,
      parameters: parameters(this.#picture),
      timeLimitSeconds: 600,
    });
  }

  /** Wakes the worker, each time with the task due, until it is trapped or the task has ended. */
  async #advance(worker: SweptWorker, id: string): Promise<"trapped" | "final"> {
    const { sql } = this.#stack;
    const { gate } = this.#environment;
    const deadline = performance.now() + 20_000;
    do {
      await makeDue(sql, id);
      gate.watch();
      await worker.wake();
      const stop = await within(15_000, "word of the worker", gate.stopped);
      if (stop === "trapped") return stop;
    } while (!(await isFinal(sql, id)) && performance.now() < deadline);
    return "final";
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#victims);
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.#environment.stop();
  }
}

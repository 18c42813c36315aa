import type { Service } from "../../../tools/local/stack/service.ts";
import { startSchedule } from "../../../tools/local/stack/schedule.ts";
import { createWorker, type FaultStack } from "../../faults/fault_stack.ts";

const SIZE = 4;

/** Worker processes, each woken like that of the stack, and started again when it ends. */
export class WorkerPool {
  readonly #workers: readonly Service[];
  readonly #stopWaking: readonly (() => void)[];
  #next = 0;

  private constructor(workers: readonly Service[], stopWaking: readonly (() => void)[]) {
    this.#workers = workers;
    this.#stopWaking = stopWaking;
  }

  static async start(stack: FaultStack): Promise<WorkerPool> {
    const ports = Array.from({ length: SIZE }, (_, index) => stack.ports.worker + 1 + index);
    const workers = await Promise.all(
      ports.map(async (worker) => {
        const service = await createWorker(stack, { ...stack.ports, worker });
        await service.start();
        return service;
      }),
    );
    const { workerSecret } = stack.secrets;
    return new WorkerPool(
      workers,
      ports.map((port) => startSchedule(`http://127.0.0.1:${port}/worker`, workerSecret)),
    );
  }

  /** Kills so many, and others than the last time. Returns how many were there to be killed. */
  kill(count: number): number {
    const chosen = Array.from({ length: count }, () => this.#workers[this.#next++ % SIZE]);
    const pids = chosen.flatMap((worker) => worker?.pid ?? []);
    for (const pid of pids) Deno.kill(pid, "SIGKILL");
    return pids.length;
  }

  /** Stops the time of another than the last time, and returns how it goes on. */
  freeze(): () => void {
    const pid = this.#workers[this.#next++ % SIZE]?.pid;
    if (pid === undefined) throw new Error("No worker to freeze");
    Deno.kill(pid, "SIGSTOP");
    return () => Deno.kill(pid, "SIGCONT");
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopWaking) stop();
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }
}

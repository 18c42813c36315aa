import { waitUntil } from "../../tests/support/wait_until.ts";
import { run } from "../../tools/local/stack/run.ts";

/** The worker of a stack as a process of this machine, which can be stopped and go on. */
export class WorkerProcess {
  readonly #folder: string;
  readonly #wake: () => Promise<void>;
  #paused: number | undefined;

  /**
   * @param folder The checkout. Where in it the worker's program is depends on its version.
   * @param wake Starts the worker, if its last isolate has ended.
   */
  constructor(folder: string, wake: () => Promise<void>) {
    this.#folder = `${folder}/`;
    this.#wake = wake;
  }

  async pause(): Promise<void> {
    const pid = await waitUntil("the worker's process", async () => {
      const found = await this.#find();
      if (found === undefined) await this.#wake();
      return found;
    });
    Deno.kill(pid, "SIGSTOP");
    this.#paused = pid;
  }

  resume(): void {
    if (this.#paused !== undefined) Deno.kill(this.#paused, "SIGCONT");
    this.#paused = undefined;
  }

  async #find(): Promise<number | undefined> {
    const processes = (await run("ps", ["-A", "-ww", "-o", "pid=,args="])).split("\n");
    const own = processes.find((line) =>
      line.includes(this.#folder) && line.includes("/functions/worker/index.ts")
    );
    const pid = parseInt(own ?? "", 10);
    return Number.isNaN(pid) ? undefined : pid;
  }
}

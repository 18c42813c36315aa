import { run } from "../../tools/local/stack/run.ts";

/** The worker of a stack as a process of this machine, which can be stopped and go on. */
export class WorkerProcess {
  readonly #script: string;
  #paused: number | undefined;

  /** @param folder The checkout; the platform says where in it a function's file is. */
  constructor(folder: string) {
    this.#script = `${folder}/supabase/functions/worker/index.ts`;
  }

  async pause(): Promise<void> {
    const processes = (await run("ps", ["-A", "-ww", "-o", "pid=,args="])).split("\n");
    const pid = parseInt(processes.find((line) => line.includes(this.#script)) ?? "", 10);
    if (Number.isNaN(pid)) throw new Error(`No process runs ${this.#script}`);
    Deno.kill(pid, "SIGSTOP");
    this.#paused = pid;
  }

  resume(): void {
    if (this.#paused !== undefined) Deno.kill(this.#paused, "SIGCONT");
    this.#paused = undefined;
  }
}

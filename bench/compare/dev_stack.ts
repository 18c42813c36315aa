import { parseEnv } from "node:util";
import { z } from "zod";
import { run } from "../../tools/local/stack/run.ts";
import { DevProcess } from "../../tests/support/dev_process.ts";

/** What `deno task env` prints that a comparison needs: in this, all versions are the same. */
const environment = z.object({
  SUPABASE_URL: z.url(),
  SUPABASE_PUBLISHABLE_KEY: z.string(),
  API_KEY: z.string(),
  DATABASE_URL: z.url(),
  WORKER_SECRET: z.string(),
  TEST_USER_EMAIL: z.string(),
  TEST_USER_PASSWORD: z.string(),
  TEST_USER_2_EMAIL: z.string(),
  TEST_USER_2_PASSWORD: z.string(),
});

export type Environment = z.infer<typeof environment>;

/** The stack of a checkout, run by its own `deno task dev`, which is stopped in the end. */
export class DevStack {
  readonly #folder: string;
  readonly #port: number;
  readonly #undo: AsyncDisposableStack;
  #process: DevProcess | undefined;

  constructor(folder: string, port: number, undo: AsyncDisposableStack) {
    this.#folder = folder;
    this.#port = port;
    this.#undo = undo;
    undo.defer(() => this.#stop());
  }

  async start(): Promise<void> {
    // Nobody would stop what starts now.
    if (this.#undo.disposed) throw new Error("Stopped");
    this.#process = new DevProcess("dev", ["--port", String(this.#port)], this.#folder);
    await this.#process.waitFor("Ctrl-C");
  }

  async restart(): Promise<void> {
    await this.#stop();
    await this.start();
  }

  async readEnvironment(): Promise<Environment> {
    const args = ["task", "--quiet", "env", "--port", String(this.#port)];
    return environment.parse(parseEnv(await run(Deno.execPath(), args, { cwd: this.#folder })));
  }

  async #stop(): Promise<void> {
    await this.#process?.stop();
  }
}

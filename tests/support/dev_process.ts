import { repository } from "../../tools/local/stack/folders.ts";
import { waitUntil } from "./wait_until.ts";

/** A command of `deno.json`, run as a person runs it. */
export class DevProcess {
  readonly #process: Deno.ChildProcess;
  readonly #streams: Promise<unknown>;
  #printed = "";

  /**
   * @param folder Where another checkout of the repository is.
   * @param env What it finds in its environment besides ours.
   */
  constructor(
    task: string,
    args: readonly string[],
    folder: string = repository,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["task", task, ...args],
      cwd: folder,
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#streams = Promise.all(
      [this.#process.stdout, this.#process.stderr].map((stream) => this.#read(stream)),
    );
  }

  /** What it has printed by now. */
  get printed(): string {
    return this.#printed;
  }

  /** Returns its exit code when it has ended. */
  async end(): Promise<number> {
    const [{ code }] = await Promise.all([this.#process.status, this.#streams]);
    return code;
  }

  /** Ends it as Ctrl-C does, unless it has ended. */
  async stop(): Promise<void> {
    try {
      this.#process.kill("SIGTERM");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await this.end();
  }

  /** Returns when it has printed the text. Throws with what it printed instead if it ends first. */
  async waitFor(text: string): Promise<void> {
    let ended = false;
    this.end().then(() => (ended = true));
    await waitUntil(
      `"${text}"`,
      () => {
        if (this.#printed.includes(text)) return Promise.resolve(true);
        if (ended) throw new Error(`Ended without "${text}":\n${this.#printed}`);
        return Promise.resolve(false);
      },
      60,
    );
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.#printed += text;
  }
}

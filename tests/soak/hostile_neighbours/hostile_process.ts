import type { Order } from "./hostile_requests.ts";

/** The process that sends hostile requests. */
export class HostileProcess {
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<string>;

  constructor(order: Order) {
    const program = new URL("hostile_requests.ts", import.meta.url);
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--quiet", program.pathname, JSON.stringify(order)],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#writer = this.#process.stdin.getWriter();
    this.#reader = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Its users are there; it sends nothing yet. */
  async ready(): Promise<void> {
    await this.#reader.read();
  }

  /** Begins or ends to send; returns how many requests it has sent by now. */
  async turn(state: "on" | "off"): Promise<number> {
    await this.#writer.write(new TextEncoder().encode(`${state}\n`));
    const { value } = await this.#reader.read();
    return Number(value);
  }

  async end(): Promise<void> {
    this.#process.kill();
    await this.#process.status;
    await this.#reader.cancel();
    await this.#writer.abort().catch(() => {});
  }
}

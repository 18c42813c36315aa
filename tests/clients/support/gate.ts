/** Stands between an app and the project, as a network does that comes and goes. */
export class Gate {
  readonly #target: URL;
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #open = new Set<Deno.Conn>();
  readonly #serving = new Set<Promise<void>>();
  #isShut = false;
  #refused: () => void = () => {};
  /** Tells of what an app sends; the connection is broken where it returns true. */
  breaks: (text: string) => boolean = () => false;

  constructor(target: string) {
    this.#target = new URL(target);
    this.#track(this.#accept());
  }

  /** Where it stands in the project's place. */
  get url(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  /** Sends what is for the project this way. The app knows it by its own address, as ever. */
  readonly fetch: typeof fetch = (input, init) => {
    return fetch(String(input).replace(`${this.#target.origin}/`, `${this.url}/`), init);
  };

  /** Lets everything through again. */
  open(): void {
    this.#isShut = false;
  }

  /** Breaks every connection, and each new one. Resolves when somebody has tried in vain. */
  shut(): Promise<void> {
    this.#isShut = true;
    for (const side of this.#open) close(side);
    this.#open.clear();
    return new Promise((resolve) => this.#refused = resolve);
  }

  async end(): Promise<void> {
    this.#listener.close();
    this.shut();
    await Promise.all(this.#serving);
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) {
      if (!this.#isShut) {
        this.#track(this.#serve(client));
        continue;
      }
      close(client);
      this.#refused();
    }
  }

  async #serve(client: Deno.Conn): Promise<void> {
    const { hostname, port } = this.#target;
    const server = await Deno.connect({ hostname, port: Number(port) });
    this.#open.add(client).add(server);
    const answers = server.readable.pipeTo(client.writable).catch(() => {});
    for await (const chunk of client.readable) {
      if (this.breaks(new TextDecoder("latin1").decode(chunk))) break;
      const writer = server.writable.getWriter();
      await writer.write(chunk);
      writer.releaseLock();
    }
    for (const side of [client, server]) close(side);
    await answers;
  }

  #track(work: Promise<void>): void {
    const tracked = work.catch(() => {}).finally(() => this.#serving.delete(tracked));
    this.#serving.add(tracked);
  }
}

function close(side: Deno.Conn): void {
  try {
    side.close();
  } catch {
    // Closed already.
  }
}

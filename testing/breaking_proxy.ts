/** How a connection breaks under a request that was read whole. */
export interface Break {
  /** What comes of the answer before. */
  readonly answer: string;
  /** Whether by a reset, instead of an orderly end. */
  readonly isReset: boolean;
}

export interface BreakingProxy {
  readonly address: string;
  /** The next request is read, and its connection broken; all others are passed on. */
  breakNext(): void;
  /** The requests that were read and not passed on; whether each came on a connection in use before. */
  readonly broken: readonly { readonly isReused: boolean }[];
}

/** Stands between a client and a server for the time of one test. */
export async function withBreakingProxy(
  server: string,
  { answer, isReset }: Break,
  test: (proxy: BreakingProxy) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const broken: { isReused: boolean }[] = [];
  let isArmed = false;

  async function serve(client: Deno.Conn): Promise<void> {
    const port = Number(new URL(server).port);
    const upstream = await Deno.connect({ hostname: "127.0.0.1", port });
    open.add(client).add(upstream);
    const answers = upstream.readable.pipeTo(client.writable, { preventClose: true });
    answers.catch(() => {});
    let isReused = false;
    for (let chunk = await read(client); chunk; chunk = await read(client)) {
      if (isArmed) {
        isArmed = false;
        await readRest(client, chunk, isReset);
        broken.push({ isReused });
        if (answer) await client.write(new TextEncoder().encode(answer));
        break;
      }
      isReused = true;
      await writeAll(upstream, chunk);
    }
    for (const side of [client, upstream]) close(side);
  }

  const serving: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const client of listener) serving.push(serve(client).catch(() => {}));
  })();
  try {
    const address = `http://127.0.0.1:${listener.addr.port}`;
    await test({ address, broken, breakNext: () => void (isArmed = true) });
  } finally {
    listener.close();
    for (const side of open) close(side);
    await Promise.all([accepting, ...serving]);
  }
}

/**
 * Reads a request to its end. Where the connection is to be reset, but for its last byte: a system that
 * closes a connection with something unread resets it.
 */
async function readRest(client: Deno.Conn, begin: Uint8Array, isReset: boolean): Promise<void> {
  let text = latin1(begin);
  while (!text.includes("\r\n\r\n")) text += latin1(await read(client) ?? new Uint8Array());
  const [head = ""] = text.split("\r\n\r\n", 1);
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  // Some services refuse a body in chunks.
  if (length === undefined) throw new Error(`No length in ${head}`);
  let missing = head.length + 4 + Number(length) - text.length - (isReset ? 1 : 0);
  while (missing > 0) {
    const count = await client.read(new Uint8Array(Math.min(missing, 65_536)));
    if (count === null) throw new Error("Ended before its time");
    missing -= count;
  }
}

async function read(client: Deno.Conn): Promise<Uint8Array | undefined> {
  // Little at once, so that the end of a body is not read with its beginning.
  const buffer = new Uint8Array(64);
  const count = await client.read(buffer);
  return count === null ? undefined : buffer.subarray(0, count);
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await to.write(rest));
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function close(side: Deno.Conn): void {
  try {
    side.close();
  } catch {
    // Closed already.
  }
}

/** Serves HTTP on a free port of this machine for the time of one test. */
export async function withServer(
  handle: (request: Request) => Response | Promise<Response>,
  test: (address: string) => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {}, signal: ending.signal };
  const server = Deno.serve(options, handle);
  try {
    await test(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    // Not `shutdown`, which waits for connections that a client keeps: an older Deno for minutes.
    ending.abort();
    await server.finished;
  }
}

/**
 * An address of this machine where nobody listens. A free port of the system's choice would not do: it
 * may be another test's before it is used.
 */
export function closedUrl(): string {
  return "http://127.0.0.1:2";
}

/**
 * A server that takes one request, closes the connection and is gone.
 *
 * @param answer What it says before.
 */
export async function withHangUp(
  test: (address: string) => Promise<void>,
  answer = "",
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const hangUp = async (): Promise<void> => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(65_536));
    if (answer) await connection.write(new TextEncoder().encode(answer));
    listener.close();
    connection.close();
  };
  await Promise.all([test(`http://127.0.0.1:${listener.addr.port}`), hangUp()]);
}

/**
 * A server that closes the connection after each answer, whole or not.
 *
 * @param answers What it says to the first request, the second and so on, byte for byte.
 * @param test Gets what was asked, too: the head of each request.
 */
export async function withRawAnswers(
  answers: readonly string[],
  test: (address: string, asked: readonly string[]) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked: string[] = [];
  const serve = async (): Promise<void> => {
    for await (const connection of listener) {
      const head = new Uint8Array(65_536);
      const length = await connection.read(head);
      const answer = answers[asked.length] ?? "";
      asked.push(new TextDecoder().decode(head.subarray(0, length ?? 0)));
      await connection.write(new TextEncoder().encode(answer));
      connection.close();
    }
  };
  const served = serve();
  try {
    await test(`http://127.0.0.1:${listener.addr.port}`, asked);
  } finally {
    listener.close();
    await served;
  }
}

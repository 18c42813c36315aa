/** Serves HTTP on a free port of this machine for the time of one test. */
export async function withServer(
  handle: (request: Request) => Response | Promise<Response>,
  test: (address: string) => Promise<void>,
): Promise<void> {
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, handle);
  try {
    await test(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    // Waits for requests that are still held.
    await server.shutdown();
  }
}

/** An address of this machine where nobody listens. */
export function closedAddress(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return `http://127.0.0.1:${port}`;
}

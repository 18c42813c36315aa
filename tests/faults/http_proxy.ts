import type { Gate, Passage } from "./gate.ts";

export interface Proxy {
  readonly port: number;
  stop(): Promise<void>;
}

export interface HttpProxyOptions {
  readonly gate: Gate;
  /** Where requests go. */
  readonly targetPort: number;
  /** What a request is called, as tables show it. */
  nameOf(method: string, path: string): string;
  /** Whether its body is worth a kill in the middle. */
  hasMidway(method: string): boolean;
}

/** Stands between a worker and a service: each request passes the gate twice, with all its bytes. */
export function startHttpProxy(options: HttpProxyOptions): Proxy {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => handle(request, options),
  );
  return { port: server.addr.port, stop: () => server.shutdown() };
}

async function handle(
  request: Request,
  { gate, targetPort, nameOf, hasMidway }: HttpProxyOptions,
): Promise<Response> {
  const { origin, pathname, search } = new URL(request.url);
  const { method } = request;
  try {
    const body = request.body && new Uint8Array(await request.arrayBuffer());
    const passage = gate.begin(nameOf(method, pathname));
    await passage.pass("before");
    const headers = new Headers(request.headers);
    headers.delete("content-length");
    headers.delete("transfer-encoding");
    const answer = await fetch(`http://127.0.0.1:${targetPort}${pathname}${search}`, {
      method,
      headers,
      body: body && hasMidway(method) ? inHalves(body, passage) : body,
      redirect: "manual",
    });
    const bytes = await readAnswer(answer, `http://127.0.0.1:${targetPort}`, origin);
    await passage.pass("after");
    return new Response(isBodyless(answer.status) ? null : bytes, {
      status: answer.status,
      headers: withoutLength(answer.headers),
    });
  } catch {
    // Whoever asked has been killed.
    return new Response(null, { status: 502 });
  }
}

/** Stops at the gate when half of it is on its way. */
function inHalves(
  bytes: Uint8Array<ArrayBuffer>,
  passage: Passage,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  async function* halves(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const middle = Math.floor(bytes.length / 2);
    yield bytes.slice(0, middle);
    await passage.pass("midway");
    yield bytes.slice(middle);
  }
  return ReadableStream.from(halves());
}

/** Addresses that the service gives of itself lead through the proxy, too. */
async function readAnswer(answer: Response, from: string, to: string): Promise<BodyInit> {
  const isJson = answer.headers.get("content-type")?.includes("json");
  return isJson ? (await answer.text()).replaceAll(from, to) : await answer.arrayBuffer();
}

function isBodyless(status: number): boolean {
  return status === 204 || status === 304;
}

/** Of what fetch has unpacked, the length and the packing are no longer true. */
function withoutLength(headers: Headers): Headers {
  const own = new Headers(headers);
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) own.delete(name);
  return own;
}

import type { Context } from "hono";
import { proxy } from "hono/proxy";

/** What is sent on in the place of what came. */
export interface Instead {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
}

/** Path and query as they came, not decoded. */
export function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

/** Sends a request on to a service, and answers as it does. */
export async function forward(
  c: Context,
  address: string,
  { headers = {}, body: other }: Instead = {},
): Promise<Response> {
  const request = c.req.raw;
  let hasBodyBroken = false;
  const body = other ?? (request.body && watch(request.body, () => hasBodyBroken = true));
  const own = new Headers(request.headers);
  // Of another body than this one.
  if (other !== undefined) own.delete("content-length");
  for (const [name, value] of Object.entries(headers)) own.set(name, value);
  try {
    return await proxy(address, {
      raw: request,
      headers: Object.fromEntries(own),
      signal: request.signal,
      ...(body && { body }),
    });
  } catch (error) {
    if (hasBodyBroken || request.signal.aborted) {
      return c.json({ message: "The request broke off" }, 400);
    }
    const message = `The service behind ${c.req.path} does not answer: ${error}`;
    return c.json({ code: "BOOT_ERROR", message }, 503);
  }
}

/** Passes a stream on, and tells when it breaks off: fetch does not say whose fault that was. */
function watch(body: ReadableStream<Uint8Array>, onBreak: () => void): ReadableStream<Uint8Array> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      onBreak();
      throw error;
    }
  }
  return ReadableStream.from(chunks());
}

import { limitBody } from "./response_limit.ts";

const REPEATABLE = "The runtime may send this request twice";

/**
 * The one way of a request to a provider: its answer is limited, and no redirection is followed.
 *
 * What has a body is never sent twice. Deno 2.9 sends a request again by itself when a connection in
 * use before breaks under it (HTTP/1.1), or its stream is refused (HTTP/2), even if the server has read
 * all of it: but only a body that it can clone, which is one of text or bytes
 * (https://github.com/denoland/deno/blob/main/ext/fetch/lib.rs, `clone_request`). A `Blob` is read as
 * a stream, and its length is still known: some services refuse a body in chunks.
 * Throws a TypeError for any other request that might be repeated.
 */
export async function send(
  url: string | URL | Request,
  { body, ...options }: RequestInit = {},
): Promise<Response> {
  const { method = "GET" } = options;
  if (url instanceof Request || (method !== "GET" && !body)) {
    throw new TypeError(REPEATABLE);
  }
  return limitBody(
    await fetch(url, {
      ...options,
      ...(body && { body: unrepeatable(body) }),
      redirect: "manual",
    }),
  );
}

/** The same on the wire; its media type is that of the request's header. */
function unrepeatable(body: BodyInit): BodyInit {
  if (typeof body === "string") return new Blob([body]);
  const isKnown = [FormData, Blob, ReadableStream].some((kind) => body instanceof kind);
  if (!isKnown) throw new TypeError(REPEATABLE);
  return body;
}

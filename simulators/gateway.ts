/**
 * Failures of what stands between a client and a service, and knows nothing of its formats.
 *
 * @module
 */

/** A gateway's failure, as a page for people. */
export function answerGatewayPage(status: number, reason: string): Response {
  return new Response(`<html><body><h1>${status} ${reason}</h1></body></html>\n`, {
    status,
    headers: { "content-type": "text/html" },
  });
}

/** A gateway's failure of which there is nothing but the status, for example 503 or 504. */
export function answerStatusOnly(status: number): Response {
  return new Response(null, { status });
}

/** A successful answer whose connection breaks off after its beginning. */
export function answerBrokenOff(mediaType: string, beginning: Uint8Array<ArrayBuffer>): Response {
  let begun = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller): void {
      if (begun) {
        return controller.error("Connection broken off on purpose");
      }
      begun = true;
      controller.enqueue(beginning);
    },
  });
  return new Response(body, { headers: { "content-type": mediaType } });
}

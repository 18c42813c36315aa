/**
 * Ways in which a good answer does not reach its client.
 *
 * @module
 */
import { answerBrokenOff } from "./gateway.ts";
import { waitUntilAborted } from "./wait_until_aborted.ts";

/** Holds the request until the client hangs up. */
export async function answerNever(signal: AbortSignal): Promise<Response> {
  await waitUntilAborted(signal);
  // Nobody reads it; the server needs some response to close the request with.
  return new Response(null, { status: 499 });
}

/** The beginning of the answer, after which the connection breaks off. */
export async function breakOff(answer: Response): Promise<Response> {
  return answerBrokenOff(mediaTypeOf(answer), await readBeginning(answer));
}

/** The beginning of the answer, as if that were all of it. */
export async function cutShort(answer: Response): Promise<Response> {
  return new Response(await readBeginning(answer), { headers: headersOf(answer) });
}

/** The answer without its body. */
export async function leaveEmpty(answer: Response): Promise<Response> {
  await answer.body?.cancel();
  return new Response(new Uint8Array(0), { headers: headersOf(answer) });
}

/** Enough to see what it was to become, too little to hold an id. */
const BEGINNING_BYTES = 9;

async function readBeginning(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const reader = answer.body?.getReader();
  const chunk = await reader?.read();
  // What is left may be large, and is not to be made.
  await reader?.cancel();
  return new Uint8Array(chunk?.value ?? []).slice(0, BEGINNING_BYTES);
}

function mediaTypeOf(answer: Response): string {
  return answer.headers.get("content-type") ?? "application/octet-stream";
}

function headersOf(answer: Response): Record<string, string> {
  return { "content-type": mediaTypeOf(answer) };
}

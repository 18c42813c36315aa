import type { Bytes } from "../../bytes.ts";
import { MAX_ANSWER_BYTES } from "./response_limit.ts";

/** How much an answer will have, in bytes, if it is told and believable. */
export function answerBytes(headers: Headers): number | undefined {
  const length = Number(headers.get("content-length") ?? NaN);
  const isTold = Number.isInteger(length) && length <= MAX_ANSWER_BYTES &&
    !headers.has("content-encoding");
  return isTold ? length : undefined;
}

/** All bytes of an answer, which are in memory once if its length is told, and twice if not. */
export async function readBytes(response: Response): Promise<Bytes> {
  const length = answerBytes(response.headers);
  if (!response.body || length === undefined) return new Uint8Array(await response.arrayBuffer());
  const bytes = new Uint8Array(length);
  let offset = 0;
  for await (const chunk of response.body) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes.subarray(0, offset);
}

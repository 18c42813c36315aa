import type { Bytes } from "../../bytes.ts";
import { ProviderError } from "../provider_error.ts";

/** Four large images in base64 are 20 MB. An isolate has 256 MB for everything. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** The same answer; reading it fails where it is longer than any that a provider gives. */
export function limitBody(response: Response, maxBytes: number = MAX_ANSWER_BYTES): Response {
  if (!response.body) return response;
  let length = 0;
  const counted = new TransformStream<Bytes, Bytes>({
    transform(chunk, controller): void {
      length += chunk.length;
      if (length > maxBytes) {
        const message = `Answer has more than ${maxBytes} bytes`;
        throw new ProviderError("invalid_result", message, { ambiguous: true, final: true });
      }
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counted), response);
}

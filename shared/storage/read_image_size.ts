import { BEGINNING_BYTES, type ImageSize, imageSize } from "../image_size.ts";
import { type AssetLocation, assetPath } from "./asset_url.ts";

/** Width and height of a picture in Storage; undefined if its beginning is that of none. */
export type ReadImageSize = (location: AssetLocation) => Promise<ImageSize | undefined>;

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Reads the beginning of a file past all policies: whose it is has been checked before. Plain HTTP,
 * because a function that answers apps is not to load a whole client for it.
 */
export function createReadImageSize(supabaseUrl: string, secretKey: string): ReadImageSize {
  return async (location) => {
    const response = await fetch(`${supabaseUrl}/storage/v1/object/${assetPath(location)}`, {
      headers: {
        apikey: secretKey,
        authorization: `Bearer ${secretKey}`,
        range: `bytes=0-${BEGINNING_BYTES - 1}`,
      },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (response.ok && response.body) return imageSize(await readBeginning(response.body));
    await response.body?.cancel();
    // No such file any more, or no such beginning: an empty file has none.
    if ([400, 404, 416].includes(response.status)) return undefined;
    throw new Error(`Storage answers ${response.status} for the beginning of a file`);
  };
}

/** A Storage that knows no ranges sends everything: what is too much is not waited for. */
async function readBeginning(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const beginning = new Uint8Array(BEGINNING_BYTES);
  let length = 0;
  for await (const chunk of body) {
    const part = chunk.subarray(0, BEGINNING_BYTES - length);
    beginning.set(part, length);
    length += part.length;
    if (length === BEGINNING_BYTES) break;
  }
  return beginning.subarray(0, length);
}

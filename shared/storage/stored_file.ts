import type { ByteSource } from "../inputs/byte_source.ts";
import { askStorage } from "./ask_storage.ts";
import { objectAddress } from "./asset_url.ts";
import type { CheckedInput } from "./checked_input.ts";
import { secretHeaders, type StorageAccess } from "./storage_access.ts";

/**
 * A file in Storage as a source of ranges, past all policies: the caller has checked who may read it.
 * Plain HTTP, because a function that answers apps must not load a whole client for it. A read throws a
 * StorageAway if Storage does not answer; of a file that is gone meanwhile there is nothing to read.
 */
export function storedFile(access: StorageAccess, file: CheckedInput): ByteSource {
  return {
    size: file.bytes,
    async read(start, end) {
      const response = await askStorage(objectAddress(access.supabaseUrl, file), {
        headers: { ...secretHeaders(access), range: `bytes=${start}-${end - 1}` },
      });
      const length = response.headers.get("content-length");
      if (response.status === 206 && length !== null && Number(length) <= end - start) {
        // At once, which costs less than piece by piece.
        return new Uint8Array(await response.arrayBuffer());
      }
      if (response.ok && response.body) {
        // A Storage that ignores ranges sends everything.
        const skipped = response.status === 206 ? 0 : start;
        return await readPart(response.body, skipped, end - start);
      }
      await response.body?.cancel();
      if ([400, 404, 416].includes(response.status)) return new Uint8Array();
      throw new Error(`Storage answers ${response.status} for a part of a file`);
    },
  };
}

/** Reads no further than is asked for. */
async function readPart(
  body: ReadableStream<Uint8Array>,
  skipped: number,
  length: number,
): Promise<Uint8Array> {
  const part = new Uint8Array(length);
  let place = -skipped;
  for await (const chunk of body) {
    const wanted = chunk.subarray(Math.max(0, -place), Math.max(0, length - place));
    part.set(wanted, Math.max(0, place));
    place += chunk.length;
    if (place >= length) break;
  }
  return part.subarray(0, Math.max(0, Math.min(place, length)));
}

/**
 * Files that a provider fetches itself, because its client gave it an address.
 *
 * @module
 */

export interface FetchedFile {
  /** The last part of the address. */
  readonly name: string;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

const PATIENCE_MS = 10_000;

/**
 * Opens the file at an http(s) address.
 *
 * @returns what is wrong, in words, when there is no file to read.
 */
export async function openFile(address: string): Promise<FetchedFile | string> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return "it is no http(s) address";
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.ok && response.body !== null) return { name: lastPart(url), body: response.body };
    await response.body?.cancel();
    return `it answers ${response.status}`;
  } catch (error) {
    return error instanceof Deno.errors.NotCapable
      ? "the simulator was started without the permission to reach it"
      : "it cannot be reached";
  }
}

function lastPart({ pathname }: URL): string {
  const part = pathname.slice(pathname.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Reads a body completely.
 *
 * @returns undefined when it has more bytes than that, or cannot be read to its end.
 */
export async function readAtMost(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  maximumBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maximumBytes) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return await new Blob(chunks).bytes();
}

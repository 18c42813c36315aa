import { invalidKey } from "./object_keys.ts";
import { localPath, type NamedObject, namedObject } from "./object_names.ts";

/** Sends a request to a path of the local Storage: the caller's own, or another in its name. */
export type AskStorage = (path: string, own?: OwnRequest) => Promise<Response>;

export interface OwnRequest {
  readonly method: string;
  readonly body: unknown;
}

/**
 * Reads a file as the platform does, whatever is in its name. What no path can tell the local Storage
 * is read through a copy under another name.
 */
export async function readObject(path: string, ask: AskStorage): Promise<Response> {
  const named = namedObject(path);
  if (!named) return await ask(path);
  const told = localPath(named);
  return told === undefined ? await readCopy(named, ask) : await ask(told);
}

/** Answers any other request about a file. What no path can tell the local Storage cannot be written. */
export async function askForObject(path: string, ask: AskStorage): Promise<Response> {
  const named = namedObject(path);
  if (!named) return await ask(path);
  const told = localPath(named);
  return told === undefined ? invalidKey(named.name) : await ask(told);
}

/** The path as the local Storage understands it, as far as it can be told. */
export function localPathOf(path: string): string {
  const named = namedObject(path);
  return (named && localPath(named)) ?? path;
}

async function readCopy({ before, bucket, name, query }: NamedObject, ask: AskStorage) {
  const copy = `${name.split("/")[0]}/.copy-${crypto.randomUUID()}`;
  const copied = await ask("/storage/v1/object/copy", {
    method: "POST",
    body: { bucketId: bucket, sourceKey: name, destinationKey: copy },
  });
  if (!copied.ok) return copied;
  await copied.body?.cancel();
  const answer = await ask(before + copy + query);
  // A file that is open is read to its end.
  const removed = await ask(`/storage/v1/object/${bucket}`, {
    method: "DELETE",
    body: { prefixes: [copy] },
  });
  await removed.body?.cancel();
  return answer;
}

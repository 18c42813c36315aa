import { z } from "zod";
import { localPath, namedObject } from "./object_names.ts";

/** What the local Storage says of a file, by its address with this word. */
const info = z.object({ metadata: z.object({ mimetype: z.string() }) });

/** Where a file itself is read, with or without a token. */
const FILE = /^\/storage\/v1\/object\/(?!info\/|upload\/)/;

/**
 * The answer with the media type that the file was stored with, where the local Storage guesses one by
 * the end of its name.
 *
 * @param ask Asks the local Storage past all policies: whoever got the answer may know its type.
 */
export async function withStoredType(
  path: string,
  answer: Response,
  ask: (path: string) => Promise<Response>,
): Promise<Response> {
  const named = FILE.test(path) && answer.ok ? namedObject(path) : undefined;
  if (!named) return answer;
  const before = `/storage/v1/object/info/${encodeURIComponent(named.bucket)}/`;
  const told = localPath({ ...named, before, query: "" });
  // What no path can tell the local Storage keeps the guess.
  if (told === undefined) return answer;
  const known = info.safeParse(await (await ask(told)).json().catch(() => undefined));
  if (!known.success) return answer;
  const headers = new Headers(answer.headers);
  headers.set("content-type", known.data.metadata.mimetype);
  return new Response(answer.body, { status: answer.status, headers });
}

/**
 * What an app does with the client, in whatever runs JavaScript: pages and Node are given this file
 * without its types. It imports no values.
 */
import type { FileInput, MakeIt3D } from "../../../client/mod.ts";
import type { MadePair, PairRequest } from "../../support/client_pairs.ts";

/** Makes pairs, all at once, with files in the place of `{ file: kind }`. */
export async function makePairs(
  makeit3d: MakeIt3D,
  requests: readonly PairRequest[],
  files: Readonly<Record<string, FileInput>>,
): Promise<readonly MadePair[]> {
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    const isFile = typeof value === "object" && value !== null && "file" in value;
    return isFile ? files[String(value.file)] : value;
  };
  return await Promise.all(requests.map(async ({ operation, request }) => {
    const given = Object.entries(request).map(([field, value]) => [field, put(value)]);
    const told: [number, number][] = [];
    // What is typed has a test of its own.
    const { id, assets } = await makeit3d.generate(operation, Object.fromEntries(given) as never, {
      onUpload: (sent, total) => told.push([sent, total]),
    });
    return { id, urls: assets.map(({ url }) => url), told };
  }));
}

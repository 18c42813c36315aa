/** Where a file lies in the project's Storage. */
export interface AssetLocation {
  readonly bucket: string;
  readonly path: string;
}

/** Who an address is for: everybody, or who sends the token of a user that may read the file. */
export type AssetAudience = "public" | "authenticated";

/** The permanent address of a file. It holds no token. */
export function assetAddress(
  projectUrl: string,
  location: AssetLocation,
  audience: AssetAudience = "public",
): string {
  return `${projectUrl}/storage/v1/object/${audience}/${assetPath(location)}`;
}

/** Bucket and path as they stand in an address. */
export function assetPath({ bucket, path }: AssetLocation): string {
  return [bucket, ...path.split("/")].map(encodeURIComponent).join("/");
}

/**
 * The forms in which Storage hands out addresses: public, signed, with a token, and the short one
 * (https://supabase.com/docs/guides/storage/serving/downloads).
 */
const PATH =
  /^\/storage\/v1\/object\/(?:(?:public|sign|authenticated)\/|(?!(?:public|sign|authenticated)\/))([^/]+)\/(.+)$/;

/** What a parser of addresses would quietly put right. Nobody honest sends it. */
const CROOKED = /[\\\p{Cc}]|\/(?:\.|%2e){1,2}(?:\/|$)/iu;

/**
 * Reads an address of this project's Storage. It is never fetched: only bucket and path are taken
 * from it, and whoever may read the file is decided elsewhere.
 *
 * @param projectUrls Every address the project is known under.
 * @returns undefined for any other address.
 */
export function parseAssetAddress(
  address: string,
  projectUrls: readonly string[],
): AssetLocation | undefined {
  // By its letters: a number, a user or a dot in front of the path is none of our ways to write it.
  const isOurs = projectUrls.some((url) =>
    address.toLowerCase().startsWith(`${new URL(url).origin}/`)
  );
  const [beforeQuery = ""] = address.split(/[?#]/, 1);
  if (!isOurs || CROOKED.test(beforeQuery) || !URL.canParse(address)) return undefined;
  const [, bucket, path] = PATH.exec(new URL(address).pathname) ?? [];
  if (!bucket || !path) return undefined;
  try {
    const segments = [bucket, ...path.split("/")].map(decodeURIComponent);
    const [bucketName = "", ...names] = segments;
    return segments.every(isPlainSegment)
      ? { bucket: bucketName, path: names.join("/") }
      : undefined;
  } catch {
    return undefined; // a percent sign that begins nothing
  }
}

/** A part of a path that means itself, and nothing above, below or beside it. */
function isPlainSegment(segment: string): boolean {
  return !["", ".", ".."].includes(segment) && !/[\/\\\p{Cc}]/u.test(segment);
}

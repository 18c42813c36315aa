/** A file in the project's Storage. */
export interface StorageObject {
  readonly bucket: string;
  readonly path: string;
}

/** Who a URL is for: everybody, or a request with the token of a user who may read the file. */
export type AssetAudience = "public" | "authenticated";

/** The permanent URL of a file. It holds no token. */
export function assetUrl(
  projectUrl: string,
  object: StorageObject,
  audience: AssetAudience = "public",
): string {
  return `${projectUrl}/storage/v1/object/${audience}/${assetPath(object)}`;
}

/**
 * Bucket and path as every URL and every request contains them: it names this object and no other,
 * whatever is in its name. Throws a RangeError for a name that no URL can hold.
 */
export function assetPath({ bucket, path }: StorageObject): string {
  return `${encodePart(bucket)}/${encodePath(path)}`;
}

/** A path within a bucket, for clients that put the bucket in front themselves. */
export function encodePath(path: string): string {
  return path.split("/").map(encodePart).join("/");
}

function encodePart(part: string): string {
  // Encoded or not, these would be resolved on the way.
  if (["", ".", ".."].includes(part)) throw new RangeError(`No URL can hold a name "${part}"`);
  return encodeURIComponent(part);
}

/** A file in Storage, and which upload of it. */
export interface ObjectVersion extends StorageObject {
  /** As Storage names it; undefined where it is not known, or any will do. */
  readonly version?: string | undefined;
}

/**
 * Where a file is read with the project's secret key. Storage does not look at the version: it keeps
 * caches on the way from answering with an earlier upload.
 */
export function objectAddress(supabaseUrl: string, object: ObjectVersion): string {
  const { version } = object;
  const query = version === undefined ? "" : `?version=${encodeURIComponent(version)}`;
  return `${supabaseUrl}/storage/v1/object/${assetPath(object)}${query}`;
}

/**
 * The forms in which Storage hands out URLs: public, signed, with a token, and the short one
 * (https://supabase.com/docs/guides/storage/serving/downloads).
 */
const PATH =
  /^\/storage\/v1\/object\/(?:(?:public|sign|authenticated)\/|(?!(?:public|sign|authenticated)\/))([^/]+)\/(.+)$/;

/** Path forms that `URL` would normalise silently; we reject them. */
const AMBIGUOUS = /[\\\p{Cc}]|\/(?:\.|%2e){1,2}(?:\/|$)/iu;

/**
 * Parses a URL of this project's Storage. The URL is never fetched: only bucket and path are taken
 * from it, and who may read the file is decided elsewhere.
 *
 * @param projectUrls Every URL the project is known under.
 * @returns undefined for any other URL.
 */
export function parseAssetUrl(
  url: string,
  projectUrls: readonly string[],
): StorageObject | undefined {
  // Compared as text, so that ports, credentials and IP forms are not normalised away.
  const isOurs = projectUrls.some((project) =>
    url.toLowerCase().startsWith(`${new URL(project).origin}/`)
  );
  return isOurs ? parseStoredUrl(url) : undefined;
}

/** The same for a URL that a worker wrote, maybe when the project had another address. */
export function parseStoredUrl(url: string): StorageObject | undefined {
  const [beforeQuery = ""] = url.split(/[?#]/, 1);
  if (AMBIGUOUS.test(beforeQuery)) return undefined;
  const [, bucket, path] = PATH.exec(URL.parse(url)?.pathname ?? "") ?? [];
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

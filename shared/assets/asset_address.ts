/** Where a file lies in the project's Storage. */
export interface AssetLocation {
  readonly bucket: string;
  readonly path: string;
}

/** The permanent address of a file in a public bucket. */
export function assetAddress(projectUrl: string, location: AssetLocation): string {
  return `${projectUrl}/storage/v1/object/public/${assetPath(location)}`;
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
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname, username, password } = new URL(address);
  const isOurs = projectUrls.some((url) => new URL(url).origin === origin);
  const [, bucket, path] = PATH.exec(pathname) ?? [];
  if (!isOurs || username || password || !bucket || !path) return undefined;
  try {
    const segments = path.split("/").map(decodeURIComponent);
    return segments.every(isPlainSegment)
      ? { bucket: decodeURIComponent(bucket), path: segments.join("/") }
      : undefined;
  } catch {
    return undefined; // a percent sign that begins nothing
  }
}

/** A part of a path that means itself, and nothing above, below or beside it. */
function isPlainSegment(segment: string): boolean {
  return !["", ".", ".."].includes(segment) && !/[\/\\\p{Cc}]/u.test(segment);
}

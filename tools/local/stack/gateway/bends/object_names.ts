import { getPath } from "hono/utils/url";

/** Where a path of Storage ends with the name of a file, and what comes before it. */
const OBJECT =
  /^(\/storage\/v1\/object\/(?:(?:public|authenticated|info|sign|upload\/sign)\/)?[^/]+\/)([^?]+)(.*)$/;

export interface NamedObject {
  readonly before: string;
  readonly bucket: string;
  /** As the platform understands it: decoded once. */
  readonly name: string;
  readonly query: string;
}

/** The file that a path with its query names; undefined if it names none. */
export function namedObject(path: string): NamedObject | undefined {
  const [, before = "", encoded, query = ""] = OBJECT.exec(path) ?? [];
  if (encoded === undefined) return undefined;
  try {
    const [bucket = "", name = ""] = [before.split("/").at(-2) ?? "", encoded]
      .map(decodeURIComponent);
    return { before, bucket, name, query };
  } catch {
    return undefined; // a percent sign that begins nothing
  }
}

/**
 * The same path as the local Storage understands it: it decodes other characters than the platform,
 * and a percent sign not at all. Undefined for a name that no path can tell it.
 */
export function localPath({ before, name, query }: NamedObject): string | undefined {
  try {
    const path = before + encodeURI(name).replaceAll("%25", "%");
    const heard = getPath(new Request(`http://storage${path}`));
    return heard === before + name ? path + query : undefined;
  } catch {
    return undefined; // half of a surrogate pair
  }
}

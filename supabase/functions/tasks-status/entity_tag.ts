/** The ETag of a version: RFC 9110, 8.8.3. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** What a request says that the app has: these versions, or whatever there is. */
export type KnownVersions = ReadonlySet<number> | "any";

/** Weak, because gateways that compress make it so, and without quotes, which some clients lose. */
const TAG = /^(?:W\/)?("?)(\d{1,9})\1$/;

/**
 * Reads `If-None-Match` (RFC 9110, 13.1.2); undefined if there is none. Tags that are none of ours
 * match no version.
 */
export function readIfNoneMatch(header: string | undefined): KnownVersions | undefined {
  const tags = header?.trim() ?? "";
  if (tags === "") return undefined;
  if (tags === "*") return "any";
  const versions = tags.split(",").flatMap((tag) => {
    const [, , digits] = TAG.exec(tag.trim()) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  return new Set(versions);
}

/** Whether the app has this version already. */
export function isKnown(version: number, known: KnownVersions | undefined): boolean {
  return known === "any" || (known?.has(version) ?? false);
}

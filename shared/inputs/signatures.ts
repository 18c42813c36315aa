import { hasText } from "./binary.ts";

/** What operations take. */
export type KnownKind = "png" | "jpeg" | "webp" | "glb";

/** Enough of a file to tell what it is, whatever it is. */
export const SIGNATURE_BYTES = 4_100;

/** Tells PNG, JPEG, WebP and glTF by the first bytes; undefined for anything else. */
export function knownKindOf(head: Uint8Array): KnownKind | undefined {
  if (hasText(head, "\x89PNG\r\n\x1a\n")) return "png";
  if (hasText(head, "\xff\xd8\xff")) return "jpeg";
  if (hasText(head, "RIFF") && hasText(head, "WEBP", 8)) return "webp";
  return hasText(head, "glTF") ? "glb" : undefined;
}

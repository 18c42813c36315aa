import { createHash, timingSafeEqual } from "node:crypto";

/** Compares in constant time, whatever the lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** Compares with all of them, so that the time does not tell which one it is. */
export function isOneOfSecrets(given: string, expected: readonly string[]): boolean {
  return expected.filter((secret) => isSameSecret(given, secret)).length > 0;
}

function digest(text: string): Uint8Array {
  return new TextEncoder().encode(createHash("sha256").update(text).digest("hex"));
}

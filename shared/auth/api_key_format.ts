import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

/** What a key is for, as its beginning says. It decides nothing. */
export const KEY_ENVIRONMENTS = ["live", "test", "dev"] as const;

export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number];

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const PREFIX_LENGTH = 16;

const OWN_BEGINNING = "m3d_";

const PATTERN = new RegExp(
  `^${OWN_BEGINNING}(?:${KEY_ENVIRONMENTS.join("|")})_[0-9A-Za-z]{${
    RANDOM_LENGTH + CHECKSUM_LENGTH
  }}$`,
);

/** A new key: `m3d_`, its environment, 32 random characters (190 bits) and their checksum. */
export function generateApiKey(environment: KeyEnvironment): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => DIGITS[randomInt(DIGITS.length)]);
  return withChecksum(`${OWN_BEGINNING}${environment}_${random.join("")}`);
}

/** A key that another service has made, and `deno task keys import` has taken over. */
const FOREIGN = /^[\x21-\x7e]{16,200}$/;

/** Begins the prefix of such a key, whose own beginning may be most of it. */
const FOREIGN_PREFIX = "m3d_old_";

/** Whether a text can be a key: one of ours that is whole, or one of another service. */
export function canBeApiKey(text: string): boolean {
  return text.startsWith(OWN_BEGINNING) ? isWellFormedApiKey(text) : FOREIGN.test(text);
}

/** Whether a text is a key of ours that is whole. One that was mistyped costs no query. */
export function isWellFormedApiKey(text: string): boolean {
  return PATTERN.test(text) && withChecksum(text.slice(0, -CHECKSUM_LENGTH)) === text;
}

/** The part of a key that may be shown: it tells keys apart and opens nothing. */
export function prefixOfApiKey(key: string): string {
  // Of all that can be a key, only ours begin so.
  const isOurs = key.startsWith(OWN_BEGINNING);
  return (isOurs ? key : FOREIGN_PREFIX + hashOfApiKey(key)).slice(0, PREFIX_LENGTH);
}

/** All that is kept of a key: its SHA-256, in hex. A key is random enough to need no slower hash. */
export function hashOfApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Adds the CRC-32 of a text to it, in base 62, so that its end can be told to be right. */
export function withChecksum(text: string): string {
  // Without a sign, which the Deno of the platform gives it.
  let rest = crc32(text) >>> 0;
  let checksum = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    checksum = DIGITS.charAt(rest % DIGITS.length) + checksum;
    rest = Math.floor(rest / DIGITS.length);
  }
  return text + checksum;
}

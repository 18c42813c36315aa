/*
 * To step over JSON without building its values. Anybody may upload a description of 2 MB, and an isolate
 * of the platform has 2 s of the processor: on its Deno, `JSON.parse` takes up to 200 ms for one that is
 * made to be hard, and this takes 5.
 */
import { hasText } from "./binary.ts";

/** Signs of JSON (RFC 8259). */
export const sign = {
  QUOTE: 0x22,
  COMMA: 0x2c,
  COLON: 0x3a,
  LIST: 0x5b,
  BACKSLASH: 0x5c,
  LIST_END: 0x5d,
  OBJECT: 0x7b,
  OBJECT_END: 0x7d,
} as const;

/** It is no JSON, or something else than is asked for. */
export class UnexpectedJson extends Error {
  override readonly name = "UnexpectedJson";
}

/** More values than are stepped over. */
export class TooManyValues extends Error {
  override readonly name = "TooManyValues";
}

/** Deeper than any program writes. */
const MAX_DEPTH = 200;

/** How all that is open ends, the outermost first. One for all: no walk is interrupted by another. */
const ends = new Uint8Array(MAX_DEPTH);

/** Whether a byte may be part of a number: to look it up costs half as much as to compare. */
const isNumeric = new Uint8Array(256);
for (const numeric of "0123456789+-.eE") isNumeric[numeric.charCodeAt(0)] = 1;

/** The place behind spaces. */
export function afterSpace(bytes: Uint8Array, start: number): number {
  const { length } = bytes;
  let place = start;
  for (; place < length; place++) {
    const byte = bytes[place];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
  }
  return place;
}

/** The place behind a string. Which escapes are in it is not checked. */
export function afterString(bytes: Uint8Array, start: number): number {
  expect(bytes, start, sign.QUOTE);
  const { length } = bytes;
  let place = start + 1;
  for (; place < length; place++) {
    const byte = bytes[place] ?? 0;
    if (byte === sign.QUOTE) return place + 1;
    if (byte < 0x20) break;
    if (byte === sign.BACKSLASH) place++;
  }
  throw unexpected(place);
}

/** The place of the value behind a name. */
export function afterName(bytes: Uint8Array, start: number): number {
  const place = afterSpace(bytes, afterString(bytes, start));
  expect(bytes, place, sign.COLON);
  return afterSpace(bytes, place + 1);
}

/** How many more values, those in others among them, may be stepped over. */
export interface Allowance {
  values: number;
}

/**
 * The place behind a value. Nothing is made of what is in it, so that JSON that is made to be hard to
 * parse, like an object of very many names, takes hardly longer than any other of as many values.
 */
export function afterValue(bytes: Uint8Array, start: number, allowance: Allowance): number {
  let depth = 0;
  let place = start;
  let left = allowance.values;
  do {
    if (left-- === 0) throw new TooManyValues();
    const first = bytes[place];
    if (first === sign.OBJECT || first === sign.LIST) {
      if (depth === MAX_DEPTH) throw unexpected(place);
      const end = first === sign.OBJECT ? sign.OBJECT_END : sign.LIST_END;
      ends[depth++] = end;
      place = afterSpace(bytes, place + 1);
      if (bytes[place] !== end) {
        place = nextValue(bytes, place, end);
        continue;
      }
    } else place = first === sign.QUOTE ? afterString(bytes, place) : afterScalar(bytes, place);
    while (depth > 0) {
      place = afterSpace(bytes, place);
      const end = ends[depth - 1] ?? 0;
      if (bytes[place] === sign.COMMA) {
        place = nextValue(bytes, afterSpace(bytes, place + 1), end);
        break;
      }
      expect(bytes, place++, end);
      depth--;
    }
  } while (depth > 0);
  allowance.values = left;
  return place;
}

/** In an object a name stands before it. */
function nextValue(bytes: Uint8Array, place: number, end: number): number {
  return end === sign.OBJECT_END ? afterName(bytes, place) : place;
}

/** The place behind a number, or a word. How a number is formed is not checked. */
function afterScalar(bytes: Uint8Array, start: number): number {
  let place = start;
  while (place < bytes.length && isNumeric[bytes[place] ?? 0] === 1) place++;
  if (place > start) return place;
  for (const word of ["null", "true", "false"]) {
    if (hasText(bytes, word, start)) return start + word.length;
  }
  throw unexpected(start);
}

/** Makes sure that a sign stands at a place. */
export function expect(bytes: Uint8Array, place: number, expected: number): void {
  if (bytes[place] !== expected) throw unexpected(place);
}

export function unexpected(place: number): UnexpectedJson {
  return new UnexpectedJson(`Byte ${place}`);
}

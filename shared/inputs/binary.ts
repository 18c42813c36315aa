/** Numbers and names in files, in either order of bytes. What lies behind the end reads as 0. */

/** A number of two bytes, the first of which counts more. */
export function uint16(bytes: Uint8Array, place: number): number {
  return (byteAt(bytes, place) << 8) | byteAt(bytes, place + 1);
}

/** The same of four bytes. */
export function uint32(bytes: Uint8Array, place: number): number {
  return uint16(bytes, place) * 0x1_00_00 + uint16(bytes, place + 2);
}

/** A number of two bytes, the last of which counts more. */
export function uint16Reversed(bytes: Uint8Array, place: number): number {
  return byteAt(bytes, place) | (byteAt(bytes, place + 1) << 8);
}

/** The same of three bytes. */
export function uint24Reversed(bytes: Uint8Array, place: number): number {
  return uint16Reversed(bytes, place) | (byteAt(bytes, place + 2) << 16);
}

/** The same of four bytes. */
export function uint32Reversed(bytes: Uint8Array, place: number): number {
  return uint16Reversed(bytes, place) + uint16Reversed(bytes, place + 2) * 0x1_00_00;
}

/** Bytes as text, each one character: names of chunks, signatures. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** Whether a text of plain characters stands at a place. */
export function hasText(bytes: Uint8Array, text: string, place = 0): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[place + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** Where a text of plain characters begins, from a place on; -1 if nowhere. */
export function indexOfText(bytes: Uint8Array, text: string, from = 0): number {
  const first = text.charCodeAt(0);
  let place = bytes.indexOf(first, from);
  while (place >= 0 && !hasText(bytes, text, place)) place = bytes.indexOf(first, place + 1);
  return place;
}

function byteAt(bytes: Uint8Array, place: number): number {
  return bytes[place] ?? 0;
}

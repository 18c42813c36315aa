/**
 * Files inside an address.
 *
 * @module
 */
import { Buffer } from "node:buffer";

export interface DataUrl {
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Reads `data:<media type>;base64,<bytes>`, or says what is wrong with it. */
export function readDataUrl(url: string): DataUrl | "no data address" | "bad base64" {
  const head = /^data:([^;,]+);base64,/.exec(url);
  if (head === null) return "no data address";
  const base64 = url.slice(head[0].length);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return "bad base64";
  return { mediaType: head[1] ?? "", bytes: new Uint8Array(Buffer.from(base64, "base64")) };
}

import type { Bytes } from "../../bytes.ts";
import type { Orientation } from "../orientation.ts";

/** EXIF that says how a picture is turned, and nothing else: one entry of one directory. */
export function orientationOnly(orientation: Orientation): Bytes {
  const header = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Uint8Array.from([...header, 0, 1, ...entry, 0, 0, 0, 0]);
}

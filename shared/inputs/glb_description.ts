/** Magic word, version, length; then length and type of the first chunk (glTF 2.0, 4.4). */
export const GLB_HEADER_BYTES = 12;
export const GLB_CHUNK_HEADER_BYTES = 8;

/** The description of a GLB, its first chunk; undefined if it cannot be read. */
export function parseGlbDescription(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

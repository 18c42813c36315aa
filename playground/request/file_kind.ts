/** What the first bytes of a file say that it is; undefined: nothing that any provider takes. */
export function mediaTypeOf(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (text.startsWith("\x89PNG")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("RIFF") && text.endsWith("WEBP")) return "image/webp";
  return text.startsWith("glTF") ? "model/gltf-binary" : undefined;
}

/** What people call the kinds of files that operations take. */
export const kindNames: Readonly<Record<string, string>> = {
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/webp": "WebP",
  "model/gltf-binary": "GLB",
};

/** "PNG, JPEG or WebP". */
export function alternatives(mediaTypes: readonly string[]): string {
  const names = mediaTypes.map((type) => kindNames[type] ?? type);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} or ${last}`;
}

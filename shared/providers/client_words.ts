/** What a client may have written of a request, for errors that repeat it: all of its texts. */
export function wordsIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(wordsIn).filter(Boolean).join("\n");
}

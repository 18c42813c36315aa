/**
 * Reads names with commas between that a person typed. Throws an error that names the option, and what
 * is known.
 */
export function readNames(
  option: string,
  text: string,
  known: readonly string[],
): readonly string[] {
  const names = readWords(option, text);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`${option}: unknown ${JSON.stringify(unknown)}; known: ${known.join(", ")}`);
}

/** The same for names that anybody may choose. */
export function readWords(option: string, text: string): readonly string[] {
  const words = text.split(",").map((word) => word.trim());
  if (!words.includes("")) return words;
  throw new Error(`${option} must be names with commas between: ${JSON.stringify(text)}`);
}

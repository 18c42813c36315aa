/**
 * Whether a prompt may be English.
 *
 * @module
 */

/** Whether most of its letters are none of the Latin script; a text without letters passes. */
export function isForeign(prompt: string): boolean {
  const letters = prompt.match(/\p{L}/gu) ?? [];
  const latin = prompt.match(/\p{Script=Latin}/gu) ?? [];
  return latin.length * 2 < letters.length;
}

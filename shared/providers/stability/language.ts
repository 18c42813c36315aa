const LETTERS = /\p{L}/gu;
const LATIN_LETTERS = /\p{Script=Latin}/gu;

/**
 * Warns of a prompt that is written in another script than English is: the service refuses it with
 * `invalid_language` (https://platform.stability.ai/docs/api-reference, errors). Another language in
 * Latin letters cannot be told from English by its letters; the service itself says so then.
 */
export function languageWarnings(prompt: string): readonly string[] {
  const letters = prompt.match(LETTERS)?.length ?? 0;
  const latin = prompt.match(LATIN_LETTERS)?.length ?? 0;
  return latin * 2 < letters
    ? ["prompt: Stability reads English only, and may refuse this; translate it"]
    : [];
}

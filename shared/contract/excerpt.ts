const MAX_CHARACTERS = 100;

/** What a person sees as one character may have many code points; this is more than any script needs. */
const MAX_UNITS = 16 * MAX_CHARACTERS;

const graphemes = new Intl.Segmenter();

/**
 * The beginning of what a client sent, to be told in an answer: enough to know it again, and no
 * character is cut in half.
 */
export function excerpt(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  const seen = [...graphemes.segment(text.slice(0, MAX_UNITS))].map(({ segment }) => segment);
  if (seen.length <= MAX_CHARACTERS && text.length <= MAX_UNITS) return text;
  // The last of them may be a part of one.
  if (seen.length <= MAX_CHARACTERS) seen.pop();
  return `${seen.slice(0, MAX_CHARACTERS).join("")}…`;
}

const MAX_CHARACTERS = 100;

/** The beginning of what a client sent, to be told in an answer: enough to know it again. */
export function excerpt(text: string): string {
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}…`;
}

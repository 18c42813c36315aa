/** What a client may have written of a request, for errors that repeat it: all of its texts. */
export function wordsIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(wordsIn).filter(Boolean).join("\n");
}

/** Of a text of the client's; what is shorter may be in a message by chance. */
const LEAST_REPEATED = 12;

/** A message without what it repeats of the client's words, whole or from their beginning. */
export function withoutClientWords(message: string, clientWords: string): string {
  const texts = clientWords.split("\n").map((text) => text.trim()).filter((text) =>
    text.length > 3
  );
  return texts.reduce(withoutText, message);
}

function withoutText(message: string, text: string): string {
  const lower = message.toLowerCase();
  const wanted = text.toLowerCase();
  const start = wanted.slice(0, LEAST_REPEATED);
  let rest = "";
  let position = 0;
  for (let found = lower.indexOf(start); found >= 0; found = lower.indexOf(start, position)) {
    rest += message.slice(position, found);
    let length = start.length;
    while (length < wanted.length && lower[found + length] === wanted[length]) length++;
    position = found + length;
  }
  return rest + message.slice(position);
}

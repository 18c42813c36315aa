export interface RememberOptions {
  /** For how long an answer is good, in milliseconds. */
  readonly milliseconds: number;
  /** Bounds the memory. Default: 1,000. */
  readonly entries?: number;
  /** In milliseconds. */
  readonly now?: () => number;
}

interface Answer<Value> {
  readonly value: Promise<Value>;
  readonly askedAt: number;
}

/**
 * Remembers answers for a time, so that many who ask for the same cause one question. Who asks while the
 * question is under way waits for the same answer. A failure is not kept.
 */
export function remember<Arguments extends readonly (string | number | null)[], Value>(
  ask: (...question: Arguments) => Promise<Value>,
  { milliseconds, entries = 1_000, now = Date.now }: RememberOptions,
): (...question: Arguments) => Promise<Value> {
  const answers = new Map<string, Answer<Value>>();
  return (...question) => {
    const key = JSON.stringify(question);
    const known = answers.get(key);
    if (known && now() - known.askedAt < milliseconds) return known.value;
    if (answers.size >= entries) answers.clear();
    const answer: Answer<Value> = { value: ask(...question), askedAt: now() };
    answers.set(key, answer);
    answer.value.catch(() => {
      if (answers.get(key) === answer) answers.delete(key);
    });
    return answer.value;
  };
}

/**
 * Words in a prompt that decide how a call ends, for people and tests that do not order faults.
 *
 * @module
 */

/** What a word does; each provider has a table of its own. */
export interface OnceOrAlways {
  /** Only the first call with this text is affected. */
  readonly once?: true;
}

/** Finds triggers in texts, and remembers which ones have gone off. */
export class TriggerFinder<Trigger extends OnceOrAlways> {
  readonly #triggers: Readonly<Record<string, Trigger>>;
  readonly #spent = new Set<string>();

  /** @param triggers By their word, for example `sim:500-once`. */
  constructor(triggers: Readonly<Record<string, Trigger>>) {
    this.#triggers = triggers;
  }

  /** The first trigger in the text; one that works once is spent by this. */
  take(operation: string, text: string): Trigger | undefined {
    const trigger = this.#find(text);
    if (trigger?.once !== true) return trigger;
    const occasion = `${operation}\n${text}`;
    if (this.#spent.has(occasion)) return undefined;
    this.#spent.add(occasion);
    return trigger;
  }

  #find(text: string): Trigger | undefined {
    // Whole words, so that `sim:429-quota` is not taken for `sim:429`.
    for (const [word] of text.matchAll(/\bsim:[a-z0-9]+(?:-[a-z0-9]+)*/g)) {
      if (Object.hasOwn(this.#triggers, word)) return this.#triggers[word];
    }
    return undefined;
  }
}

/** The table with a second form of each word, `-once`, that affects the first call only. */
export function withOnceForms<Trigger extends object>(
  triggers: Readonly<Record<string, Trigger>>,
): Readonly<Record<string, Trigger & OnceOrAlways>> {
  const once = Object.entries(triggers).map(([word, trigger]) =>
    [`${word}-once`, { ...trigger, once: true as const }] as const
  );
  return { ...triggers, ...Object.fromEntries(once) };
}

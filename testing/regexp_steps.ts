import { type AST, RegExpParser } from "@eslint-community/regexpp";

/**
 * How many steps a backtracking engine takes to find all matches of a pattern in a text. A count has
 * no noise, so that a test can say that work grows in proportion to the text.
 */
export function countSteps(pattern: RegExp, text: string): number {
  const { alternatives } = new RegExpParser().parsePattern(pattern.source);
  const run = new Run(text, pattern.ignoreCase ? "i" : "");
  let start = 0;
  while (start <= text.length) {
    let end: number | undefined;
    run.anyOf(alternatives, start, false, (index) => {
      end = index;
      return true;
    });
    start = Math.max(start + 1, end ?? 0);
  }
  return run.steps;
}

/** The rest of the pattern, tried from an index; false sends the engine back to its last choice. */
type Rest = (index: number) => boolean;

class Run {
  steps = 0;
  readonly #text: string;
  readonly #flags: string;
  readonly #sets = new Map<string, RegExp>();

  constructor(text: string, flags: string) {
    this.#text = text;
    this.#flags = flags;
  }

  anyOf(
    alternatives: readonly AST.Alternative[],
    index: number,
    isBackward: boolean,
    rest: Rest,
  ): boolean {
    return alternatives.some(({ elements }) => {
      const ordered = isBackward ? elements.toReversed() : elements;
      return this.#sequence(ordered, index, isBackward, rest);
    });
  }

  #sequence(
    [first, ...others]: readonly AST.Element[],
    index: number,
    isBackward: boolean,
    rest: Rest,
  ): boolean {
    if (!first) return rest(index);
    return this.#element(
      first,
      index,
      isBackward,
      (next) => this.#sequence(others, next, isBackward, rest),
    );
  }

  #element(element: AST.Element, index: number, isBackward: boolean, rest: Rest): boolean {
    this.steps++;
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return this.#isOf(element.raw, isBackward ? index - 1 : index) &&
          rest(isBackward ? index - 1 : index + 1);
      case "Group":
      case "CapturingGroup":
        return this.anyOf(element.alternatives, index, isBackward, rest);
      case "Quantifier":
        return this.#repeat(element, 0, index, isBackward, rest);
      case "Assertion":
        return this.#holds(element, index) && rest(index);
      default:
        throw new Error(`Steps of ${element.type} are not counted`);
    }
  }

  #repeat(
    quantifier: AST.Quantifier,
    times: number,
    index: number,
    isBackward: boolean,
    rest: Rest,
  ): boolean {
    const { element, min, max, greedy } = quantifier;
    const again = (): boolean =>
      times < max &&
      this.#element(element, index, isBackward, (next) =>
        (next !== index || times < min) &&
        this.#repeat(quantifier, times + 1, next, isBackward, rest));
    if (times < min) return again();
    return greedy ? again() || rest(index) : rest(index) || again();
  }

  #holds(assertion: AST.Assertion, index: number): boolean {
    switch (assertion.kind) {
      case "start":
        return index === 0;
      case "end":
        return index === this.#text.length;
      case "word":
        return (this.#isOf("\\w", index - 1) !== this.#isOf("\\w", index)) !== assertion.negate;
      case "lookahead":
      case "lookbehind": {
        const { alternatives, kind, negate } = assertion;
        return this.anyOf(alternatives, index, kind === "lookbehind", () => true) !== negate;
      }
    }
  }

  /** Whether the character at the index is one of a set, written as in a pattern. */
  #isOf(set: string, index: number): boolean {
    const character = this.#text[index];
    if (character === undefined) return false;
    const pattern = this.#sets.get(set) ?? new RegExp(`^${set}$`, this.#flags);
    this.#sets.set(set, pattern);
    return pattern.test(character);
  }
}

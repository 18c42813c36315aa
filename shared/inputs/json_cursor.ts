import { hasText } from "./binary.ts";
import {
  afterName,
  afterSpace,
  afterString,
  afterValue,
  type Allowance,
  expect,
  sign,
  unexpected,
  UnexpectedJson,
} from "./json_steps.ts";

const BYTE_ORDER_MARK = "\xef\xbb\xbf";

/** More names and values than are in what is asked for of any model. */
const MAX_VISITS = 20_000;

/**
 * Steps through JSON to what is asked for. Each method throws an UnexpectedJson where the text is none,
 * or not of the kind that the method is for, and a TooManyValues beyond those that are allowed.
 */
export class JsonCursor {
  readonly #bytes: Uint8Array;
  readonly #allowance: Allowance;
  #place: number;
  #visits = 0;

  /** Stands before the outermost value. */
  constructor(bytes: Uint8Array, maxValues: number) {
    this.#bytes = bytes;
    this.#allowance = { values: maxValues };
    this.#place = hasText(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }

  /** Steps over an object. `visit` has to step over the value of each name that is one of these. */
  object<Name extends string>(names: readonly Name[], visit: (name: Name) => void): void {
    const bytes = this.#bytes;
    let hasMore = this.#enter(sign.OBJECT, sign.OBJECT_END);
    while (hasMore) {
      const start = this.#place;
      const value = afterName(bytes, start);
      const name = nameAmong(names, bytes, start + 1);
      this.#place = name === undefined ? afterValue(bytes, value, this.#allowance) : value;
      if (name !== undefined) visit(name);
      hasMore = this.#goOn(sign.OBJECT_END);
    }
  }

  /** Steps over a list. `visit` has to step over each of its values. */
  list(visit: (index: number) => void): void {
    const { LIST, LIST_END } = sign;
    let index = 0;
    for (let more = this.#enter(LIST, LIST_END); more; more = this.#goOn(LIST_END)) visit(index++);
  }

  /** Steps over a list, whatever is in it; returns whether something is. */
  isFilledList(): boolean {
    const start = this.#next();
    expect(this.#bytes, start, sign.LIST);
    this.skip();
    return afterSpace(this.#bytes, start + 1) < this.#place - 1;
  }

  /** Steps over a string; returns its bytes, with escapes as they are written. */
  string(): Uint8Array {
    const start = this.#next();
    this.#place = afterString(this.#bytes, start);
    return this.#bytes.subarray(start + 1, this.#place - 1);
  }

  /** Steps over a number that is not negative; returns what is before its fraction. */
  wholeNumber(): number {
    const start = this.#next();
    let [value, place] = [0, start];
    for (let digit = this.#digitAt(place); digit >= 0; digit = this.#digitAt(++place)) {
      value = value * 10 + digit;
    }
    if (place === start) throw unexpected(place);
    this.skip();
    return value;
  }

  /** Steps over a value, whatever it is. */
  skip(): void {
    this.#place = afterValue(this.#bytes, this.#next(), this.#allowance);
  }

  /** Makes sure that nothing is behind the outermost value. */
  end(): void {
    if (this.#next() < this.#bytes.length) throw unexpected(this.#place);
  }

  /** Whether something is inside; what is empty is left again. */
  #enter(start: number, end: number): boolean {
    expect(this.#bytes, this.#next(), start);
    this.#countVisit();
    this.#place++;
    const isFilled = this.#bytes[this.#next()] !== end;
    if (!isFilled) this.#place++;
    return isFilled;
  }

  /** Whether more is inside; if not, it is left. */
  #goOn(end: number): boolean {
    this.#countVisit();
    const hasMore = this.#bytes[this.#next()] === sign.COMMA;
    if (!hasMore) expect(this.#bytes, this.#place, end);
    this.#place = afterSpace(this.#bytes, this.#place + 1);
    return hasMore;
  }

  #countVisit(): void {
    if (++this.#visits > MAX_VISITS) throw new UnexpectedJson(`More than ${MAX_VISITS} visits`);
  }

  /** The place of the next byte that is no space. */
  #next(): number {
    return this.#place = afterSpace(this.#bytes, this.#place);
  }

  /** A digit's value; below 0 if it is none. */
  #digitAt(place: number): number {
    const value = (this.#bytes[place] ?? 0) - 0x30;
    return value > 9 ? -1 : value;
  }
}

/** The name that a string has inside, if it is one of these. */
function nameAmong<Name extends string>(
  names: readonly Name[],
  bytes: Uint8Array,
  start: number,
): Name | undefined {
  for (const name of names) {
    if (bytes[start + name.length] === sign.QUOTE && hasText(bytes, name, start)) return name;
  }
}

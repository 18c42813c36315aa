import type { OperationId } from "../../shared/contract/operations.ts";

/** Values of a parameter. */
export interface Values {
  /** At its bounds; kept as they are. */
  readonly accepted: readonly unknown[];
  /** Just beyond them, and of other types. */
  readonly refused: readonly unknown[];
  /** What is read as another value, because it is clear what is meant: what is sent, and as what it is read. */
  readonly readAs?: readonly (readonly [sent: unknown, read: unknown])[];
  /** What else is accepted, if that is more than can be listed. */
  readonly range?: Range;
}

/** Everything from one bound to the other, or text up to a length. */
export type Range =
  | { readonly kind: "whole" | "number"; readonly least: number; readonly most: number }
  | { readonly kind: "text"; readonly most: number };

/** What becomes of a request without the parameter. */
export type Absence = "refused" | "left out" | { readonly becomes: unknown };

/** What the API promises of one parameter. */
export interface Limits extends Values {
  readonly absent: Absence;
  /** Other parameters that all of these values need beside them. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** Other values beside other parameters. */
  readonly also?: readonly (Values & Required<Pick<Limits, "beside">>)[];
}

/** What the API promises of one operation of one provider. */
export interface PairLimits {
  /** What has to be sent, and no more. */
  readonly smallest: Readonly<Record<string, unknown>>;
  readonly fields: Readonly<Record<string, Limits>>;
}

export type ProviderLimits = Readonly<Partial<Record<OperationId, PairLimits>>>;

/** Anything but text. */
const NO_TEXT = [7, true, ["x"], { x: 1 }];

/** What stands for nothing: refused where something has to be sent, else as if left out. */
export const NOTHING = [null, ""];

export function textUpTo(most: number): Values {
  return {
    accepted: ["x", "é", "x".repeat(most)],
    refused: ["x".repeat(most + 1), "a\0b", "\ud800", ...NO_TEXT],
    range: { kind: "text", most },
  };
}

/** Text around which space does not count. */
export function wordsUpTo(most: number): Values {
  const { refused, ...rest } = textUpTo(most);
  return { ...rest, refused };
}

export function oneOf(...values: readonly string[]): Values {
  const [first = ""] = values;
  const others = [`${first} `, first.toUpperCase(), "constructor", "__proto__"];
  return {
    accepted: values,
    refused: [...others.filter((other) => !values.includes(other)), ...NO_TEXT],
  };
}

export function wholeFrom(least: number, most: number): Values {
  return {
    accepted: [least, least + 1, most],
    refused: [least - 1, most + 1, least + 0.5, String(most + 1), 1e300, "x", true, [least]],
    readAs: textsOf(least, most),
    range: { kind: "whole", least, most },
  };
}

export function numberFrom(least: number, most: number): Values {
  return {
    accepted: [least, least + 0.001, (least + most) / 2, most],
    refused: [least - 0.001, most + 0.001, String(most + 1), 1e300, "x", true, [least]],
    readAs: textsOf(least, most),
    range: { kind: "number", least, most },
  };
}

/** Numbers as forms send them. */
function textsOf(...numbers: readonly number[]): readonly (readonly [string, number])[] {
  return numbers.flatMap((number) => [[String(number), number], [` ${number} `, number]] as const);
}

export const flag: Values = {
  accepted: [true, false],
  refused: ["True", "yes", 0, 1, [true]],
  readAs: [["true", true], [" false ", false]],
};

/** The address of a file; whether it is one of ours is another question. */
export const address: Values = {
  accepted: ["https://project.example/a.png", "x".repeat(2_000)],
  refused: ["x".repeat(2_001), ...NO_TEXT],
};

export const A_FILE = "https://project.example/storage/v1/object/public/inputs/a.png";

/** A parameter that has to be sent. */
export function required(values: Values): Limits {
  return { ...values, refused: [...values.refused, ...NOTHING, " \n\t "], absent: "refused" };
}

/** A parameter without a value of its own. */
export function optional(values: Values): Limits {
  return { ...values, absent: "left out" };
}

/** A parameter with a value for who does not send it. */
export function usually(becomes: unknown, values: Values): Limits {
  return { ...values, absent: { becomes } };
}

import fc from "fast-check";
import { isOperationId, type OperationId } from "../shared/contract/operations.ts";
import { type ProviderId, providerIds } from "../shared/providers/catalog.ts";
import { limits } from "./limits/all.ts";
import type { Limits, PairLimits, Range, Values } from "./limits/limits.ts";

type Fields = Readonly<Record<string, unknown>>;

/** An operation of a provider, with what the API promises of it. */
export interface Pair {
  readonly provider: ProviderId;
  readonly operation: OperationId;
  readonly promised: PairLimits;
}

export const pairs: readonly Pair[] = providerIds.flatMap((provider) =>
  Object.entries(limits[provider]).flatMap(([operation, promised]) =>
    isOperationId(operation) ? [{ provider, operation, promised }] : []
  )
);

/** Bodies that the pair accepts: any parameters, each anywhere within its limits. */
export function validBodies({ provider, promised }: Pair): fc.Arbitrary<Fields> {
  const { smallest, fields } = promised;
  const taskId = textOf(200).filter((text) => /\S/.test(text));
  const situations = situationsOf(fields);
  const deciding = situations.flatMap((beside) => Object.keys(beside));
  return fc.constantFrom(...situations).chain((beside) =>
    fc.record(
      Object.fromEntries(
        Object.entries(fields)
          .filter(([name]) => !deciding.includes(name))
          .flatMap(([name, field]) => {
            const values = valuesBeside(field, beside);
            return values ? [[name, arbitraryOf(values)]] : [];
          }),
      ),
      { requiredKeys: [] },
    ).chain((chosen) =>
      taskId.map((task_id) => ({ task_id, provider, ...smallest, ...beside, ...chosen }))
    )
  );
}

/** Bodies of the pair with something wrong, or other, or strange in them. */
export function strangeBodies(pair: Pair): fc.Arbitrary<unknown> {
  const { fields } = pair.promised;
  const name = fc.oneof(
    fc.constantFrom("task_id", "provider", "__proto__", "constructor", ...Object.keys(fields)),
    fc.string(),
  );
  const refused = Object.values(fields).flatMap((field) => field.refused);
  const value = fc.oneof(fc.constantFrom(...refused), fc.jsonValue({ maxDepth: 4 }));
  const changed = fc.tuple(validBodies(pair), fc.array(fc.tuple(name, value), { maxLength: 3 }))
    .map(([body, changes]) => Object.fromEntries([...Object.entries(body), ...changes]));
  const cut = fc.tuple(validBodies(pair), name)
    .map(([body, left]) => Object.fromEntries(Object.entries(body).filter(([n]) => n !== left)));
  return fc.oneof({ weight: 4, arbitrary: changed }, cut, fc.jsonValue({ maxDepth: 4 }));
}

/** What other parameters may depend on: nothing, or what the table tries beside them. */
function situationsOf(fields: PairLimits["fields"]): Fields[] {
  const named = Object.values(fields).flatMap(({ beside, also = [] }) => [
    ...(beside ? [beside] : []),
    ...also.map((each) => each.beside),
  ]);
  return [{}, ...named];
}

/** The values of a parameter in a situation; none if it depends on another one than this. */
function valuesBeside(field: Limits, beside: Fields): Values | undefined {
  const isHere = (other: Fields | undefined): boolean =>
    JSON.stringify(other ?? {}) === JSON.stringify(beside);
  if (isHere(field.beside)) return field;
  const variant = field.also?.find((each) => isHere(each.beside));
  if (variant) return variant;
  return field.beside || field.also ? undefined : field;
}

function arbitraryOf({ accepted, range }: Values): fc.Arbitrary<unknown> {
  const listed = fc.constantFrom(...accepted);
  return range ? fc.oneof(listed, within(range)) : listed;
}

function within(range: Range): fc.Arbitrary<unknown> {
  switch (range.kind) {
    case "whole":
      return fc.integer({ min: range.least, max: range.most });
    case "number":
      return fc.double({ min: range.least, max: range.most, noNaN: true });
    case "text":
      return textOf(range.most);
  }
}

/** Text of all languages that is not blank, at most so long. */
function textOf(most: number): fc.Arbitrary<string> {
  return fc.string({ unit: "binary", minLength: 1, maxLength: Math.min(most, 50) })
    .map((text) => text.replaceAll("\0", ""))
    .filter((text) => text.trim() !== "" && text.length <= most);
}

/** `queue_position` as `queuePosition`. */
export type CamelName<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelName<Tail>>}`
  : Name;

/** An answer of the API with its names as JavaScript writes them. What a request asked for stays. */
export type CamelCase<Value> = Value extends readonly (infer Item)[] ? readonly CamelCase<Item>[]
  : Value extends object ? {
      readonly [Name in keyof Value as CamelName<Name>]: Name extends "parameters" ? Value[Name]
        : CamelCase<Value[Name]>;
    }
  : Value;

/** The same of a value. */
export function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      name === "parameters" ? inner : camelCase(inner),
    ]),
  );
}

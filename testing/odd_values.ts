/** Any JSON, with what JSON can write and JavaScript cannot: a text that stands for itself. */
export type Json = null | boolean | number | string | readonly Json[] | {
  readonly [key: string]: Json;
};

/** Odd values, one of each kind, as they stand in a body; undefined: the field is missing. */
export const ODD_VALUES: Readonly<Record<string, string | undefined>> = {
  missing: undefined,
  null: "null",
  "a truth value": "true",
  "a number as text": '"12"',
  "no number": '"NaN"',
  "no text": '""',
  "a negative number": "-1",
  "a fraction": "0.123456789",
  "a large number": "1e9",
  "a larger number": "1e15",
  "an infinite number": "1e999",
  "a number as text that is large": '"1e300"',
  "an object": '{"nested": [1]}',
  "an empty list": "[]",
  "a list": '["x", 1, null]',
  "a NUL": '"a\\u0000b"',
  "half of a pair": '"a\\ud83db"',
  "a long text": JSON.stringify("long ".repeat(20_000)),
};

/** Values of headers, one of each kind; undefined: there is none. */
export const ODD_HEADERS: Readonly<Record<string, string | undefined>> = {
  missing: undefined,
  empty: "",
  words: "soon",
  NaN: "NaN",
  "a negative number": "-1",
  "a fraction": "0.5",
  "an hour": "3600",
  decades: "2000000000",
  "more than an integer": "99999999999",
  "an infinite number": "9".repeat(400),
  "a date to come": "Fri, 01 Jan 2099 00:00:00 GMT",
  "a date of the past": "Thu, 01 Jan 1970 00:00:00 GMT",
  "a date of no calendar": "Fri, 99 Foo 2099 99:99:99 GMT",
  "two values": "5, 10",
  "a long text": "x".repeat(5_000),
  "letters beyond ASCII": "\xe9\xff",
};

const MARK = "the odd value";

/** Every place in a body: names and indexes from its root, `data.0.url`. */
export function* placesOf(body: Json, path = ""): Generator<string> {
  if (path !== "") yield path;
  if (typeof body !== "object" || body === null) return;
  for (const [key, value] of Object.entries(body)) {
    yield* placesOf(value, path === "" ? key : `${path}.${key}`);
  }
}

/** The body as text, with another value at one place. */
export function withOdd(body: Json, place: string, odd: string | undefined): string {
  const text = JSON.stringify(
    replaced(body, place.split("."), odd === undefined ? undefined : MARK),
  );
  return odd === undefined ? text : text.replace(JSON.stringify(MARK), () => odd);
}

function replaced(body: Json, [key, ...rest]: readonly string[], value: Json | undefined): Json {
  if (key === undefined || typeof body !== "object" || body === null) return body;
  const change = ([name, old]: readonly [string, Json]): readonly (readonly [string, Json])[] => {
    if (name !== key) return [[name, old]];
    if (rest.length > 0) return [[name, replaced(old, rest, value)]];
    return value === undefined ? [] : [[name, value]];
  };
  const entries = Object.entries(body).flatMap(change);
  return Array.isArray(body) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

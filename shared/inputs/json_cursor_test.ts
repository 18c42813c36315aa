import assert from "node:assert/strict";
import { JsonCursor } from "./json_cursor.ts";
import { TooManyValues, UnexpectedJson } from "./json_steps.ts";

const cursorOf = (text: string): JsonCursor =>
  new JsonCursor(new TextEncoder().encode(text), 1_000);

function isSteppedOver(text: string): boolean {
  const json = cursorOf(text);
  try {
    json.skip();
    json.end();
    return true;
  } catch (error) {
    if (error instanceof UnexpectedJson) return false;
    throw error;
  }
}

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const whole = JSON.stringify(
  {
    'a"b\\': [-2.5e-7, 1, 0, true, false, null, "é\n\u2028", "", [], {}, [[[]]], {
      a: { b: [{}] },
    }],
    "": { "ü": "😀" },
  },
  undefined,
  2,
);

Deno.test("what JSON.parse takes is stepped over, and nothing else", () => {
  const texts = [
    ...[whole, "1", '""', "null", " [ ] ", "{ }\n", "\t[1 , 2]\r\n", '"\\\\"', '"\\""'],
    ...["", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{1}", '{"a"}'],
    ...[
      '{"a":}',
      '{"a":1',
      '{"a":1,}',
      '{"a" 1}',
      '{"a":1]',
      "{a:1}",
      '{"a":1,,"b":2}',
      '{,"a":1}',
    ],
    ...['"', '"a', '"\\"', '"\n"', "'a'", "nul", "nulll", "True", "NaN", "Infinity", "-Infinity"],
    ...["undefined", "1 1", "[] []", "[]]", "{}}", "//\n1", "\u00a01", "[1];"],
  ];
  for (const text of texts) assert.equal(isSteppedOver(text), isParsed(text), text);
});

Deno.test("JSON that breaks off anywhere is noticed", () => {
  for (let length = 0; length < whole.length; length++) {
    assert.equal(isSteppedOver(whole.slice(0, length)), false, whole.slice(0, length));
  }
});

Deno.test("JSON with any sign of it left out is what JSON.parse says", () => {
  const text = JSON.stringify(JSON.parse(whole));
  for (let place = 0; place < text.length; place++) {
    if (!'{}[],:"'.includes(text.charAt(place))) continue;
    const damaged = text.slice(0, place) + text.slice(place + 1);
    assert.equal(isSteppedOver(damaged), isParsed(damaged), damaged);
  }
});

Deno.test("as many levels are stepped over as programs write, and no stack is filled", () => {
  const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  assert.ok(isSteppedOver(nested(200)));
  assert.ok(!isSteppedOver(nested(201)));
  assert.ok(!isSteppedOver(nested(1_000_000)));
});

Deno.test("as many values are stepped over as are allowed, in one step or in many", () => {
  const values = '[1, [], {"a": "b"}]';
  const stepped = (allowed: number): void =>
    new JsonCursor(new TextEncoder().encode(values), allowed).skip();
  assert.doesNotThrow(() => stepped(5));
  assert.throws(() => stepped(4), TooManyValues);
  const json = new JsonCursor(new TextEncoder().encode(values), 3);
  assert.throws(() => json.list(() => json.skip()), TooManyValues);
});

Deno.test("what is asked for is found, whatever stands around it", () => {
  const json = cursorOf(
    '\ufeff{"b":[{"x":0}], "ab":"b", "list":[ 7 ,8.9], "a":"a\\/é", "length":120e0 }',
  );
  const found: unknown[] = [];
  json.object(["a", "list", "length"], (name) => {
    if (name === "a") found.push(new TextDecoder().decode(json.string()));
    else if (name === "length") found.push(json.wholeNumber());
    else json.list((index) => found.push(index, json.wholeNumber()));
  });
  json.end();
  assert.deepEqual(found, [0, 7, 1, 8, "a\\/é", 120]);
});

Deno.test("whether something is in a list is told", () => {
  for (
    const [text, isFilled] of [["[]", false], [" [ ] ", false], ["[[]]", true], ["[ 1]", true]]
  ) {
    const json = cursorOf(String(text));
    assert.equal(json.isFilledList(), isFilled);
    json.end();
  }
});

Deno.test("another kind of value than is asked for is none", () => {
  const steps: Readonly<Record<string, (json: JsonCursor) => void>> = {
    object: (json) => json.object([], () => {}),
    list: (json) => json.list(() => json.skip()),
    isFilledList: (json) => json.isFilledList(),
    string: (json) => json.string(),
    wholeNumber: (json) => json.wholeNumber(),
  };
  const takes = { '{"a":1}': ["object"], "[1]": ["list", "isFilledList"], '"1"': ["string"] };
  const all = { ...takes, "1": ["wholeNumber"], "-1": [], "null": [], "": [] };
  for (const [text, taking] of Object.entries(all)) {
    for (const [name, step] of Object.entries(steps)) {
      const isTaken = taking.some((one) => one === name);
      if (isTaken) assert.doesNotThrow(() => step(cursorOf(text)), `${name} of ${text}`);
      else assert.throws(() => step(cursorOf(text)), UnexpectedJson, `${name} of ${text}`);
    }
  }
});

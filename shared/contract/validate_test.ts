import assert from "node:assert/strict";
import { z } from "zod";
import { ApiError } from "./errors.ts";
import { validate } from "./validate.ts";

const schema = z.strictObject({
  name: z.string().min(1),
  count: z.int().max(4).default(1),
  nested: z.object({ list: z.array(z.string()) }).optional(),
});

function refusal(value: unknown): ApiError {
  try {
    validate(schema, value);
  } catch (error) {
    assert.ok(error instanceof ApiError);
    assert.equal(error.code, "invalid_request");
    return error;
  }
  assert.fail("Value was accepted");
}

Deno.test("validate returns the value with its defaults", () => {
  assert.deepEqual(validate(schema, { name: "x" }), { name: "x", count: 1 });
});

Deno.test("validate names every wrong field, in the message and in the details", () => {
  const { message, details } = refusal({ name: "", count: 5, other: true });
  assert.deepEqual(details.map(({ field }) => field).sort(), ["count", "name", "other"]);
  for (const detail of details) {
    assert.ok(message.includes(`${detail.field}: ${detail.message}`), message);
  }
});

Deno.test("validate tells for an unknown field which fields there are", () => {
  const { details } = refusal({ name: "x", colour: "red", size: 3 });
  const message = "Unknown field; known are name, count, nested";
  assert.deepEqual(details, [
    { field: "colour", message },
    { field: "size", message },
  ]);
});

Deno.test("validate tells only the beginning of a long name", () => {
  const { message, details } = refusal({ name: "x", ["c".repeat(60_000)]: 1 });
  assert.deepEqual(details.map(({ field }) => field), [`${"c".repeat(100)}…`]);
  assert.ok(message.length < 300);
});

Deno.test("validate names a field inside another by its path", () => {
  const { details } = refusal({ name: "x", nested: { list: ["a", 7] } });
  assert.deepEqual(
    details.map(({ field }) => field),
    ["nested.list[1]"],
  );
});

Deno.test("validate refuses what is no object without naming a field", async (t) => {
  const values = { null: null, undefined: undefined, text: "{}", number: 1, list: [] };
  for (const [name, value] of Object.entries(values)) {
    await t.step(name, () => {
      const { message, details } = refusal(value);
      assert.deepEqual(
        details.map(({ field }) => field),
        [""],
      );
      assert.match(message, /ust be a JSON object$/);
    });
  }
});

Deno.test("validate says one thing of a field, and of a list with all its entries", async (t) => {
  const lists = z.strictObject({
    views: z.array(z.union([z.string().min(1), z.null()])).min(1).max(2)
      .refine((views) => views[0], { path: [0], message: "The front view is required" }).optional(),
    exactly: z.array(z.string()).length(1, "Must be a list of exactly one").optional(),
    word: z.string().min(2).max(3).regex(/x/).optional(),
    count: z.number().min(1).max(4).optional(),
    size: z.enum(["small", "large"]).optional(),
  });
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["views", "https://x.example/a.png", "views: Must be a list"],
    ["views", [], "views: Must have at least 1 entry"],
    ["views", ["a", "b", "c"], "views: Must have at most 2 entries"],
    ["views", [7, 8], "views[0]: Must be text"],
    ["views", [null], "views[0]: The front view is required"],
    ["exactly", "https://x.example/a.png", "exactly: Must be a list"],
    ["exactly", [], "exactly: Must be a list of exactly one"],
    ["word", "a", "word: Must have at least 2 characters"],
    ["word", "aaaa", "word: Must have at most 3 characters"],
    ["count", 9, "count: Must be at most 4"],
    ["count", 0, "count: Must be at least 1"],
    ["size", "huge", "size: Must be one of small, large"],
  ];
  for (const [field, value, message] of cases) {
    await t.step(`${field}: ${JSON.stringify(value)}`, () => {
      assert.throws(() => validate(lists, { [field]: value }), { message });
    });
  }
});

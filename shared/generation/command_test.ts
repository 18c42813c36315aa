import assert from "node:assert/strict";
import { ApiError } from "../contract/errors.ts";
import { operationIds } from "../contract/operations.ts";
import { providersOf } from "../providers/catalog.ts";
import { type GenerationCommand, parseCommand } from "./command.ts";

const minimal = { task_id: "task-workspace-1", provider: "openai", prompt: "a clay robot" };

function parse(changes: Readonly<Record<string, unknown>> = {}): GenerationCommand {
  return parseCommand("text-to-image", { ...minimal, ...changes });
}

function refusal(body: unknown): ApiError {
  try {
    parseCommand("text-to-image", body);
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error;
  }
  assert.fail("Body was accepted");
}

function refusedFields(body: unknown): string[] {
  const { code, details } = refusal(body);
  assert.equal(code, "invalid_request");
  return details.map(({ field }) => field).sort();
}

Deno.test("the smallest request becomes a command with every default filled in", () => {
  assert.deepEqual(parse(), {
    clientTaskId: "task-workspace-1",
    operation: "text-to-image",
    provider: "openai",
    parameters: { prompt: "a clay robot", n: 1, size: "1024x1024" },
    assetLimits: undefined,
    output: "image",
    resultCount: 1,
    timeLimitSeconds: 600,
    maxCallSeconds: 125,
    leastRunSeconds: 5,
    listPriceUsd: 0.013,
    pool: "default",
    model: "gpt-image-2.5-flare-2026-09-08",
    // 483 tokens put out, and no more than 140 taken in.
    estimateUsd: 0.01519,
    warnings: [],
  });
});

Deno.test("the example of the API guide is accepted as it stands", () => {
  const { parameters } = parse({ style: "vivid", n: 1, size: "1024x1024", quality: "standard" });
  assert.deepEqual(parameters, {
    prompt: "a clay robot",
    style: "vivid",
    n: 1,
    size: "1024x1024",
    quality: "standard",
  });
});

Deno.test("each parameter is accepted up to its bounds", async (t) => {
  const cases: readonly (readonly [field: string, value: unknown])[] = [
    ["n", 1],
    ["n", 4],
    ["style", "vivid"],
    ["style", "natural"],
    ["size", "1024x1024"],
    ["size", "1792x1024"],
    ["size", "1024x1792"],
    ["quality", "standard"],
    ["quality", "hd"],
    ["prompt", "x"],
    ["prompt", "x".repeat(32_000)],
    ["prompt", "象".repeat(32_000)],
    ["prompt", "😀".repeat(32_000)],
  ];
  for (const [field, value] of cases) {
    await t.step(`${field} ${show(value)}`, () => {
      assert.equal(parse({ [field]: value }).parameters[field], value);
    });
  }
});

Deno.test("a value beyond its bounds is refused with the field and the limit", async (t) => {
  const cases: readonly (readonly [field: string, value: unknown, words: RegExp])[] = [
    ["n", 0, /at least 1/],
    ["n", 5, /at most 4/],
    ["n", -1, /at least 1/],
    ["n", 1.5, /Must be a whole number/],
    ["n", "5", /at most 4/],
    ["n", "two", /Must be a number/],
    ["n", 1e300, /./],
    ["style", "x".repeat(101), /101 characters; at most 100/],
    ["size", "512x512", /Must be one of 1024x1024, 1792x1024, 1024x1792$/],
    ["size", "auto", /Must be one of 1024x1024, 1792x1024, 1024x1792$/],
    ["size", 1024, /Must be one of 1024x1024, 1792x1024, 1024x1792$/],
    ["quality", "high", /Must be one of standard, hd$/],
    ["quality", "HD", /Must be one of standard, hd$/],
    ["prompt", "", /at least 1/],
    ["prompt", " \n\t ", /at least 1/],
    ["prompt", "x".repeat(32_001), /32001 characters; at most 32000/],
    ["prompt", "😀".repeat(32_001), /32001 characters; at most 32000/],
    ["prompt", null, /Required; must be text/],
    ["prompt", undefined, /Required; must be text/],
    ["prompt", ["a", "b"], /Must be text/],
    ["prompt", { text: "a" }, /Must be text/],
    ["task_id", "", /Must not be blank/],
    ["task_id", " \n", /Must not be blank/],
    ["task_id", "x".repeat(201), /201 characters; at most 200/],
    ["task_id", undefined, /Required; must be text/],
    ["task_id", 7, /Must be text/],
    ["provider", undefined, /Required; must be text/],
    ["provider", null, /Must be text/],
    ["provider", ["openai"], /Must be text/],
  ];
  for (const [field, value, words] of cases) {
    await t.step(`${field} ${show(value)}`, () => {
      const { code, message, details } = refusal({ ...minimal, [field]: value });
      assert.equal(code, "invalid_request");
      assert.ok(
        details.every((detail) => detail.field === field),
        message,
      );
      assert.ok(message.startsWith(`${field}: `), message);
      assert.match(message, words);
    });
  }
});

Deno.test("task_id may have 1 to 200 characters, of any kind", async (t) => {
  for (const taskId of ["x", "x".repeat(200), "täsk 1/ä?", "__proto__"]) {
    await t.step(show(taskId), () => {
      assert.equal(parse({ task_id: taskId }).clientTaskId, taskId);
    });
  }
});

Deno.test("space around the prompt is cut off before its length is judged", () => {
  const { parameters } = parse({ prompt: `  ${"x".repeat(32_000)}\n` });
  assert.equal(parameters["prompt"], "x".repeat(32_000));
});

Deno.test("as many results are expected as were asked for", async (t) => {
  for (const n of [1, 2, 3, 4]) {
    await t.step(String(n), () => assert.equal(parse({ n }).resultCount, n));
  }
});

Deno.test("several mistakes are told at once", () => {
  const body = { task_id: "", provider: "openai", prompt: " ", n: 9, size: "1x1", colour: "red" };
  assert.deepEqual(refusedFields(body), ["colour", "n", "prompt", "size", "task_id"]);
});

Deno.test("thousands of mistakes do not make an answer of megabytes", () => {
  const fields = Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`f${index}`, 1]));
  const { message, details } = refusal({ ...minimal, ...fields });
  assert.equal(details.length, 20);
  assert.match(message, /and 3980 more$/);
});

Deno.test("an unknown field is named together with the known ones", () => {
  const { code, message } = refusal({ ...minimal, colour: "red" });
  assert.equal(code, "invalid_request");
  assert.match(message, /^colour: Unknown field; known are /);
  for (const field of ["task_id", "provider", "prompt", "style", "n", "size", "quality"]) {
    assert.match(message, new RegExp(`\\b${field}\\b`));
  }
});

Deno.test("a body that is no object is refused", async (t) => {
  for (const body of [null, undefined, "text", 7, true, [], [minimal]]) {
    await t.step(show(body), () => {
      const { code, message } = refusal(body);
      assert.equal(code, "invalid_request");
      assert.match(message, /ust be a JSON object/);
    });
  }
});

Deno.test("an unsupported provider is refused with the supported ones", async (t) => {
  for (const provider of ["tripo", "OpenAI", "", "constructor", "__proto__", "toString"]) {
    await t.step(show(provider), () => {
      const { code, message, details } = refusal({ ...minimal, provider });
      assert.equal(code, "unsupported_provider");
      assert.match(message, /^Unsupported provider /);
      assert.match(message, /for text-to-image; supported: .*\bopenai\b/);
      assert.deepEqual(
        details.map(({ field }) => field),
        ["provider"],
      );
    });
  }
});

Deno.test("a provider of a megabyte does not come back whole", () => {
  const { code, message } = refusal({ ...minimal, provider: "x".repeat(1_000_000) });
  assert.equal(code, "unsupported_provider");
  assert.ok(message.length < 300);
});

Deno.test("names of the language's own are unknown fields and do no harm", async (t) => {
  for (const name of ["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"]) {
    await t.step(name, () => {
      const text = JSON.stringify(minimal).replace("{", `{"${name}": {"polluted": true}, `);
      assert.deepEqual(refusedFields(JSON.parse(text)), [name]);
      assert.ok(!("polluted" in {}));
    });
  }
});

Deno.test("fields that only a prototype has do not count", () => {
  assert.deepEqual(
    refusedFields(JSON.parse('{"__proto__": {"task_id": "t", "provider": "openai"}}')),
    ["provider"],
  );
});

Deno.test("what the provider no longer takes is mapped with a warning", async (t) => {
  const cases: readonly (readonly [changes: Record<string, string>, warned: string[]])[] = [
    [{}, []],
    [{ quality: "standard" }, ["quality"]],
    [{ style: "vivid" }, ["style"]],
    [{ style: "natural" }, ["style"]],
    [{ quality: "hd" }, ["quality"]],
    [{ style: "vivid", quality: "hd" }, ["style", "quality"]],
  ];
  for (const [changes, warned] of cases) {
    await t.step(show(changes), () => {
      const fields = parse(changes).warnings.map((warning) => warning.split(":")[0]);
      assert.deepEqual(fields, warned);
    });
  }
});

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 40 ? `${text.slice(0, 20)}… (${text.length - 2} characters)` : text;
}

Deno.test("text that the database cannot keep is refused with its field", () => {
  assert.deepEqual(refusedFields({ ...minimal, prompt: "a\0b" }), ["prompt"]);
  assert.deepEqual(refusedFields({ ...minimal, prompt: "half a \ud800 pair" }), ["prompt"]);
  assert.deepEqual(refusedFields({ ...minimal, task_id: "a\0b" }), ["task_id"]);
});

Deno.test("what was asked for before changes nothing: each pair in turns, and each mistake", () => {
  const pairs = operationIds.flatMap((operation) =>
    providersOf(operation).map(([provider, { example }]) => ({
      operation,
      body: { task_id: "task-1", provider, ...example },
    }))
  );
  const readAll = (): unknown[] =>
    pairs.map(({ operation, body }) => {
      assert.throws(() => parseCommand(operation, { ...body, task_id: "" }), ApiError);
      return parseCommand(operation, body);
    });
  const first = readAll();
  assert.deepEqual(readAll(), first);
  assert.equal(new Set(first.map((command) => JSON.stringify(command))).size, pairs.length);
});

Deno.test("a command has the pool of its parameters, or of the model that the operator has chosen", () => {
  const file = "https://project.example/storage/v1/object/public/inputs/user/a.png";
  const flux = { ...minimal, provider: "flux", input_image_asset_url: file };
  const pools = ["flux-kontext-max", "flux-kontext-pro", undefined].map((model) =>
    parseCommand("image-to-image", flux, (provider) => provider === "flux" ? model : undefined).pool
  );
  assert.deepEqual(pools, ["kontext-max", "default", "default"]);
  const tripo = { ...minimal, provider: "tripo", model_version: "P1-20260311" };
  assert.equal(parseCommand("text-to-model", tripo).pool, "p-models");
});

import assert from "node:assert/strict";
import { ApiError } from "../contract/errors.ts";
import { recordLog } from "../../testing/recorded_log.ts";
import { withServer } from "../../testing/serve.ts";
import { createModeration } from "./moderation.ts";

interface Case {
  readonly prompt?: string;
  readonly images?: readonly string[];
  readonly isRequired?: boolean;
  readonly bytes?: number;
  /** Paths that Storage does not sign. */
  readonly unsigned?: readonly string[];
}

interface Result {
  /** `accepted`, or the code of the error with the fields it names. */
  readonly outcome: string;
  readonly error: unknown;
  readonly asked: readonly unknown[];
  readonly events: readonly unknown[];
}

/** What the service says of an input: `flagged`, `busy`, `broken` or `unusable` in it decide. */
function answer(input: readonly unknown[]): Response {
  const words = JSON.stringify(input);
  if (words.includes("busy")) {
    return new Response("", { status: 429, headers: { "retry-after": "600" } });
  }
  if (words.includes("broken")) return new Response("", { status: 500 });
  if (words.includes("unusable")) return new Response("", { status: 400 });
  return Response.json({
    results: input.map((entry) => {
      const flagged = JSON.stringify(entry).includes("flagged");
      return { flagged, categories: { violence: flagged } };
    }),
  });
}

async function check(
  { prompt, images = [], isRequired = true, bytes = 7, unsigned = [] }: Case,
): Promise<Result> {
  const asked: unknown[] = [];
  const { log, lines } = recordLog();
  let error: unknown;
  await withServer(async (request) => {
    const { input } = await request.json();
    asked.push(input);
    return answer(input);
  }, async (baseUrl) => {
    const moderation = createModeration({
      openai: { apiKey: "sk-test", baseUrl },
      assets: { find: () => Promise.resolve({ bytes }) },
      sign: (bucket, paths) =>
        Promise.resolve(
          new Map(
            paths.filter((path) => !unsigned.includes(path))
              .map((path) => [path, `https://p.example/${bucket}/${path}?token=t`]),
          ),
        ),
      isRequired,
      log,
      timeout: 1_000,
    });
    const assets = images.map((path, index) => ({
      field: `image_${index}`,
      object: { bucket: "inputs", path },
    }));
    const command = Object({ parameters: { prompt } });
    error = await moderation.check({ command, assets }, "user-1").then(() => undefined, (e) => e);
  });
  const outcome = error === undefined
    ? "accepted"
    : error instanceof ApiError
    ? [error.code, ...error.details.map(({ field }) => field)].join(" ")
    : String(error);
  return { outcome, error, asked, events: lines.map(({ event }) => event) };
}

Deno.test("what is flagged is refused, and its field is named", async (t) => {
  const cases: Readonly<Record<string, readonly [Case, string]>> = {
    "nothing": [{ prompt: "a cat", images: ["a.png"] }, "accepted"],
    "the prompt": [{ prompt: "flagged" }, "content_refused prompt"],
    "an image": [{ prompt: "a cat", images: ["a.png", "flagged.png"] }, "content_refused image_1"],
    "both": [
      { prompt: "flagged", images: ["flagged.png"] },
      "content_refused prompt image_0",
    ],
    "a request without words": [{ images: ["flagged.png"] }, "content_refused image_0"],
    "an image beside one that cannot be checked": [
      { prompt: "busy", images: ["flagged.png"], isRequired: false },
      "content_refused image_0",
    ],
  };
  for (const [name, [one, outcome]] of Object.entries(cases)) {
    await t.step(name, async () => assert.equal((await check(one)).outcome, outcome));
  }
});

Deno.test("a user is not told the categories, and the operator is", async () => {
  const { error, events } = await check({ prompt: "flagged" });
  assert.ok(error instanceof ApiError);
  assert.doesNotMatch(JSON.stringify([error.message, error.details]), /violence/);
  assert.deepEqual(events, ["content refused"]);
});

Deno.test("what cannot be checked is refused, or accepted and told where it need not be", async (t) => {
  const cases: Readonly<Record<string, readonly [Case, string]>> = {
    "a busy service": [{ prompt: "busy" }, "unavailable"],
    "a broken service": [{ prompt: "a cat", images: ["broken.png"] }, "unavailable"],
    "an image it cannot use": [{ images: ["unusable.png"] }, "invalid_asset image_0"],
    "words it cannot use": [{ prompt: "unusable" }, "unavailable"],
    "an image that is too large": [
      { images: ["a.png"], bytes: 20_000_001 },
      "invalid_asset image_0",
    ],
    "an image that is gone": [{ images: ["a.png"], unsigned: ["a.png"] }, "invalid_asset image_0"],
  };
  for (const [name, [one, outcome]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const refused = await check(one);
      assert.equal(refused.outcome, outcome);
      assert.deepEqual(refused.events, ["content not checked"]);
      const accepted = await check({ ...one, isRequired: false });
      assert.deepEqual([accepted.outcome, accepted.events], ["accepted", ["content not checked"]]);
    });
  }
  const largest = await check({ images: ["a.png"], bytes: 20_000_000 });
  assert.equal(largest.outcome, "accepted");
});

Deno.test("a wait that the service asks for is told, within reason", async () => {
  const { error } = await check({ prompt: "busy" });
  assert.ok(error instanceof ApiError);
  assert.equal(error.retryAfterSeconds, 60);
});

Deno.test("one request for all words, and one for each image by a URL of the moment", async () => {
  const { asked } = await check({ prompt: "a cat", images: ["a.png", "b.png"] });
  const urlOf = (path: string): unknown => [
    { type: "image_url", image_url: { url: `https://p.example/inputs/${path}?token=t` } },
  ];
  assert.deepEqual(
    asked.map((input) => JSON.stringify(input)).sort(),
    [["a cat"], urlOf("a.png"), urlOf("b.png")].map((input) => JSON.stringify(input)).sort(),
  );
});

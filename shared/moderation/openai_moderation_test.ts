import assert from "node:assert/strict";
import { closedUrl, withServer } from "../../testing/serve.ts";
import { askForRatings, type ModerationInput, NoRating, type Rating } from "./openai_moderation.ts";

/** As https://developers.openai.com/api/docs/guides/moderation shows it, with fewer categories. */
const answerOf = (...flags: readonly boolean[]): unknown => ({
  id: "modr-970d409ef3bef3b70c73d8232df86e7d",
  model: "omni-moderation-latest",
  results: flags.map((flagged) => ({
    flagged,
    categories: { sexual: false, "sexual/minors": false, illicit: null, violence: flagged },
    category_scores: { sexual: 2e-7, "sexual/minors": 1e-7, violence: flagged ? 0.86 : 0.001 },
    category_applied_input_types: {
      sexual: ["text"],
      "sexual/minors": ["text"],
      violence: ["text"],
    },
  })),
});

type Answer = (request: Request) => Response | Promise<Response>;

/** Until the client has gone. */
const silence: Answer = ({ signal }) =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(new Response())));

async function ask(
  answer: Answer,
  input: ModerationInput = ["a cat"],
  asked: unknown[] = [],
): Promise<Rating[]> {
  let ratings: Rating[] = [];
  await withServer(async (request) => {
    asked.push([
      new URL(request.url).pathname,
      request.headers.get("authorization"),
      await request.json(),
    ]);
    return await answer(request);
  }, async (url) => {
    ratings = await askForRatings({ apiKey: "sk-test", baseUrl: `${url}/v1` }, input, 500);
  });
  return ratings;
}

async function failureOf(answer: Answer): Promise<NoRating> {
  const error = await ask(answer).then(() => undefined, (error) => error);
  assert.ok(error instanceof NoRating, String(error));
  return error;
}

Deno.test("each text gets its rating, by the documented request", async () => {
  const asked: unknown[] = [];
  const ratings = await ask(() => Response.json(answerOf(false, true)), ["a cat", "war"], asked);
  assert.deepEqual(ratings, [
    { isFlagged: false, categories: [] },
    { isFlagged: true, categories: ["violence"] },
  ]);
  assert.deepEqual(asked, [[
    "/v1/moderations",
    "Bearer sk-test",
    { model: "omni-moderation-latest", input: ["a cat", "war"] },
  ]]);
});

Deno.test("an image is sent by its URL, alone", async () => {
  const asked: unknown[] = [];
  const image = {
    type: "image_url",
    image_url: { url: "https://p.example/a.png?token=t" },
  } as const;
  assert.deepEqual(await ask(() => Response.json(answerOf(true)), [image], asked), [
    { isFlagged: true, categories: ["violence"] },
  ]);
  assert.match(JSON.stringify(asked), /"input":\[\{"type":"image_url","image_url":\{"url":"https/);
});

Deno.test("what is no rating is told as none, and never as a good one", async (t) => {
  const cases: Readonly<Record<string, Answer>> = {
    "no JSON": () => new Response("<html>"),
    "an empty answer": () => new Response(""),
    "another shape": () => Response.json({ results: [{ flagged: "no" }] }),
    "no results": () => Response.json(answerOf()),
    "fewer results than texts": () => Response.json({ results: [] }),
    "more results than texts": () => Response.json(answerOf(false, false)),
    "an answer without an end": () => new Response("x".repeat(300_000)),
    "a wrong key": () => Response.json({ error: {} }, { status: 401 }),
    "an error of the service": () => new Response("", { status: 500 }),
    silence,
  };
  for (const [name, answer] of Object.entries(cases)) {
    await t.step(name, async () => {
      const { isUnusable, retryAfterSeconds } = await failureOf(answer);
      assert.deepEqual([isUnusable, retryAfterSeconds], [false, undefined]);
    });
  }
  const url = closedUrl();
  await assert.rejects(
    askForRatings({ apiKey: "sk-test", baseUrl: url }, ["a cat"], 500),
    NoRating,
  );
});

Deno.test("an input that it cannot use, and a wait that it asks for, are told", async () => {
  assert.equal((await failureOf(() => new Response("", { status: 400 }))).isUnusable, true);
  const busy = await failureOf(() =>
    new Response("", { status: 429, headers: { "retry-after": "7" } })
  );
  assert.deepEqual([busy.isUnusable, busy.retryAfterSeconds], [false, 7]);
});

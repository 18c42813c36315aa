import assert from "node:assert/strict";
import { readSecretsFile, sentWorkerSecret } from "./secrets_file.ts";

const GOOD = "WORKER_SECRET=0123456789abcdef\nOPENAI_API_KEY=key\n";

Deno.test("what is empty is not set", () => {
  assert.deepEqual(readSecretsFile(`${GOOD}TRIPO_API_KEY=\n`), {
    WORKER_SECRET: "0123456789abcdef",
    OPENAI_API_KEY: "key",
  });
});

Deno.test("what would not work is refused before the platform has it", async (t) => {
  const cases: readonly [string, RegExp][] = [
    [`${GOOD}OPENAI_KEY=x`, /No settings .*: OPENAI_KEY/],
    [`${GOOD}SUPABASE_URL=https://x.example`, /the platform's own: SUPABASE_URL/],
    ["WORKER_SECRET=short", /WORKER_SECRET/],
    ["OPENAI_API_KEY=x", /WORKER_SECRET: missing/],
    [`${GOOD}CORS_ORIGINS=app.example`, /CORS_ORIGINS: must be \*/],
  ];
  for (const [text, words] of cases) {
    await t.step(String(words), () => assert.throws(() => readSecretsFile(text), words));
  }
});

Deno.test("of the worker's secrets the first is sent", async (t) => {
  const [first, second] = ["the-first-of-the-secrets", "the-second-of-the-secrets"];
  const cases: readonly [Record<string, string>, string | undefined][] = [
    [{}, undefined],
    [{ WORKER_SECRET: first }, first],
    [{ WORKER_SECRET: `${first}, ${second}` }, first],
  ];
  for (const [secrets, sent] of cases) {
    await t.step(String(sent), () => assert.equal(sentWorkerSecret(secrets), sent));
  }
});

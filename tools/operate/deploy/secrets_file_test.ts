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
    [`${GOOD}DATABASE_CA=x`, /DATABASE_CA: must be a certificate as PEM/],
  ];
  for (const [text, words] of cases) {
    await t.step(String(words), () => assert.throws(() => readSecretsFile(text), words));
  }
});

Deno.test("an unusable address of the database is refused, and never shown", async (t) => {
  const host = "pooler.example:6543/postgres";
  const addresses = [
    // Without quotes, an env file ends at the sign.
    `postgresql://postgres:#confidential@${host}`,
    `"postgresql://postgres:#confidential@${host}"`,
    `"postgresql://postgres:confid#ential@${host}"`,
    `postgresql://postgres:[YOUR-PASSWORD]@${host}`,
    "confidential, not an address",
  ];
  for (const address of addresses) {
    await t.step(address, () => {
      assert.throws(() => readSecretsFile(`${GOOD}DATABASE_URL=${address}`), (error) => {
        assert.ok(error instanceof Error);
        assert.match(error.message, /DATABASE_URL: (?:is|has|must)/);
        assert.doesNotMatch(error.message, /confid/);
        return true;
      });
    });
  }
});

Deno.test("a root certificate may have lines of its own in the file", () => {
  const lines = ["-----BEGIN CERTIFICATE-----", "MIIB", "-----END CERTIFICATE-----"];
  const { DATABASE_CA } = readSecretsFile(`${GOOD}DATABASE_CA="${lines.join("\n")}"\n`);
  assert.equal(DATABASE_CA, lines.join("\n"));
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

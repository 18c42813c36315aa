import assert from "node:assert/strict";
import { createRedact, REDACTED, redactShapes } from "./redact.ts";

/** Made up here, so that no file has the shape of a secret. */
const long = "a1B2".repeat(8);
const token = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", long].join(".");

Deno.test("what has the shape of a secret is taken out, and the rest stays", async (t) => {
  const cases: Readonly<Record<string, readonly [text: string, expected: string]>> = {
    "a header": [`Authorization: Bearer ${long}`, "Authorization: Bearer [secret]"],
    "a header in JSON": [
      `{"authorization":"bearer ${long}"}`,
      '{"authorization":"bearer [secret]"}',
    ],
    "basic credentials": [`Basic ${long}==, again`, "Basic [secret], again"],
    "an OpenAI key": [`key provided: ${"sk"}-proj-${long}.`, "key provided: [secret]."],
    "a Tripo key": [`(${"tsk"}_${long})`, "([secret])"],
    "one of our keys": [`${"m3d"}_${long} is unknown`, "[secret] is unknown"],
    "a secret key": [`apikey=${"sb_secret"}_${long}`, "apikey=[secret]"],
    "a user's token": [`token ${token} expired`, "token [secret] expired"],
    "half a token": [`${"eyJ"}hbGciOiJIUzI1NiJ9.eyJzdWIi…`, "[secret]…"],
    "a signed address": [
      `https://x.example/a.png?token=${long}&width=3`,
      "https://x.example/a.png?token=[secret]&width=3",
    ],
    "an address signed elsewhere": [
      `(https://x.example/a?se=1&sig=a%2Fb&X-Amz-Signature=${long})`,
      "(https://x.example/a?se=1&sig=[secret]&X-Amz-Signature=[secret])",
    ],
    "a database address": [
      "cannot reach postgres://postgres.ref:p%40ss@db.example:6543/postgres",
      "cannot reach postgres://postgres.ref:[secret]@db.example:6543/postgres",
    ],
    "a private key": [
      `-----BEGIN ${"PRIVATE"} KEY-----\n${long}\n-----END PRIVATE KEY-----`,
      "[secret]",
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    await t.step(name, () => {
      assert.equal(redactShapes(text), expected);
      assert.equal(redactShapes(expected), expected, "Once more changes nothing");
    });
  }
});

Deno.test("what only looks a bit like a secret stays", () => {
  const texts = [
    "task-workspace-0b9e4d3c-1f7a-4f0e-9a51-5a7f1d2c3b4a",
    "a risk-free bearer of news, basic tasks, sk-1, Bearer token",
    "http://127.0.0.1:54321/functions/v1/tasks/1?service=openai",
    "https://x.example/a.png?width=100&height=200#token",
    "sb_publishable_is_for_everybody_to_read",
    "me@example.com at https://example.com:8443/@handle",
  ];
  for (const text of texts) assert.equal(redactShapes(text), text);
});

Deno.test("given secrets are taken out whatever they look like, also as addresses and JSON write them", () => {
  const redact = createRedact(["plain words 1", "with/slash+plus", 'with"quote\\', "short", ""]);
  const cases: readonly (readonly [text: string, expected: string])[] = [
    ["It is plain words 1, plain words 1!", "It is [secret], [secret]!"],
    ["with/slash+plus and with%2Fslash%2Bplus", "[secret] and [secret]"],
    [JSON.stringify({ key: 'with"quote\\' }), '{"key":"[secret]"}'],
    ["A short one would be in many words", "A short one would be in many words"],
  ];
  for (const [text, expected] of cases) assert.equal(redact(text), expected);
});

Deno.test("a secret that is a part of another leaves nothing of it", () => {
  assert.equal(createRedact(["abcdefgh", "abcdefgh-ijkl"])("<abcdefgh-ijkl>"), `<${REDACTED}>`);
});

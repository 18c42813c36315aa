import assert from "node:assert/strict";
import { countSteps } from "../testing/regexp_steps.ts";
import { createRedact, MAX_WORDS, REDACTED, redactShapes, SECRET_SHAPES } from "./redact.ts";

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
    "the beginning of a token": [`token ${token.slice(0, 15)}`, "token [secret]"],
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

Deno.test("a text is cut, and no secret before or behind the cut leaves a part of it", () => {
  const secret = "0123456789 abcdefghi".repeat(5);
  const redact = createRedact([secret]);
  for (const before of [0, 410, 450, 499, 500, 9_930, 9_999]) {
    const told = redact(`${" ".repeat(before)}${secret}${" ".repeat(600)}`);
    assert.equal(told.length, MAX_WORDS);
    assert.ok(!/[0-9a-i]{3}/.test(told.replaceAll(REDACTED, "")), told);
  }
  // What is taken out moves the cut of the input forward.
  const told = redact(`${secret.repeat(99)}${" ".repeat(50)}${secret}`, 5_000);
  assert.ok(!told.includes("0123"), told);
  assert.equal(redact("x".repeat(MAX_WORDS)).length, MAX_WORDS);
});

Deno.test("of a text of megabytes no more is searched than of a page", () => {
  const text = "plain words 1".repeat(100_000);
  const redact = createRedact(["plain words 1"]);
  assert.equal(redact(text, Infinity), redact(text.slice(0, 10_001), Infinity));
});

/** What makes a pattern look far for an end that is not there: begun again and again, or long. */
const ADVERSARIAL: Readonly<Record<string, readonly string[]>> = {
  "credentials of a header": ["Bearer ", "Basic ", "Bearer", " ", "\n", "Bearer a ", "="],
  "a key of an AI service": ["sk-", "tsk_", "sk- ", "-sk-a"],
  "an API key of ours": ["m3d_", "m3d_ ", "-m3d_"],
  "a secret key of the project": ["sb_secret_", "sb_secret_ ", "-sb_secret_"],
  "a token": ["eyJ-", "eyJ", "-eyJ", "eyJ.", "eyJaaaaaaaa. ", "eyJaaaaaaaa.-"],
  "a signature in a URL": [
    "?token=",
    "?token= ",
    "&X-Amz-",
    "X-Amz-a=",
    "=",
    "?X-Amz-a= ",
    "a",
  ],
  "the password of a URL": [
    "a://",
    "a://b:",
    "a://b:c ",
    "a://b:c/",
    ":",
    "a",
    "a.",
    "1",
    "@",
  ],
  "a private key": [
    "-",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY",
    "-----BEGIN A PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----x-----END A",
    "PRIVATE KEY-----",
    "A ",
  ],
};

/** Stands before what is repeated, so that the pattern has begun. */
const BEGINNINGS = ["", "Bearer", "?X-Amz-", "a://b:", "-----BEGIN ", "eyJaaaaaaaa."];

Deno.test("each shape takes steps in proportion to the text, whatever is in it", async (t) => {
  assert.deepEqual(Object.keys(ADVERSARIAL), Object.keys(SECRET_SHAPES));
  for (const [shape, pattern] of Object.entries(SECRET_SHAPES)) {
    await t.step(shape, () => {
      for (const part of ADVERSARIAL[shape] ?? []) {
        for (const beginning of BEGINNINGS) {
          const [half = 0, whole = 0] = [300, 600].map((length) =>
            countSteps(pattern, beginning + part.repeat(length / part.length))
          );
          const words = `${beginning}${part}…: ${half} steps, twice as long: ${whole}`;
          assert.ok(whole < 2.5 * half, words);
        }
      }
    });
  }
});

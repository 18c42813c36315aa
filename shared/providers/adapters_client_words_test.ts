import assert from "node:assert/strict";
import { maskFile } from "../../simulators/recraft/testing.ts";
import { aModel, aPicture, inputFile } from "../../testing/input_files.ts";
import { failureOf } from "../../testing/provider_failures.ts";
import { withServer } from "../../testing/serve.ts";
import { adapterAt, submit } from "../../testing/simulated_provider.ts";
import type { OperationId } from "../contract/operations.ts";
import type { CallContext } from "./adapter.ts";
import { findOperation, type ProviderId, providerIds, providers } from "./catalog.ts";

const picture = await aPicture();
const model = await aModel();
const mask = inputFile(
  await (await maskFile(undefined, { width: 640, height: 640 })).bytes(),
  "image/png",
  "png",
);

const readAsset: CallContext["readAsset"] = (address, kind) => {
  if (kind === "model") return Promise.resolve(model);
  return Promise.resolve(address.includes("mask") ? mask : picture);
};

/** What reads like the provider's own words about our key, our money or its rules. */
const PHRASES = [
  "api key",
  "invalid api key",
  "The api key is malformed",
  "Not authenticated",
  "unauthorized",
  "request unauthorized",
  "404 page not found",
  "no credits",
  "insufficient balance",
  "Not enough API units: please top up your balance",
  "insufficient_quota",
  "billing_hard_limit_reached",
  "payment_required",
  "model_not_found",
  "not_enough_units",
  "moderation",
  "not allowed by policy",
  "2010",
  "1005",
];

const STYLE_ID = "0b1f5c5e-6a3f-4f0e-9d58-1f1a2b3c4d5e";

/** What a client writes into every field that takes words of its own. */
function written({ operation, provider }: Asked, phrase: string): Record<string, unknown> {
  const declared = findOperation(provider, operation);
  const shape = declared?.schema.shape ?? {};
  const fields = ["prompt", "negative_prompt", "select_prompt", "substyle"];
  const words = fields.filter((field) => Object.hasOwn(shape, field));
  return { ...declared?.example, ...Object.fromEntries(words.map((field) => [field, phrase])) };
}

interface Asked {
  readonly provider: ProviderId;
  readonly operation: OperationId;
}

interface Refusal {
  readonly status: number;
  readonly body: unknown;
  /** What a client asks for besides its words. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** What stands in front of a service says so. */
const pages = (words: string): Refusal[] => [
  { status: 401, body: `<html><body>${words}</body></html>` },
  ...[402, 403, 404].flatMap((status) => [
    { status, body: `<html><body>${words}</body></html>` },
    { status, body: { message: words, title: "Blocked" } },
  ]),
];

/** Every way to say what a client wrote, by the forms of the documents, with no word about the account. */
const REFUSALS: Readonly<Record<ProviderId, (words: string) => readonly Refusal[]>> = {
  openai: (words) =>
    ["invalid_request_error", "image_generation_user_error", null].flatMap((type) => [
      ...[400, 403, 404, 422].map((status) => ({
        status,
        body: { error: { message: words, type, param: "prompt", code: "invalid_value" } },
      })),
      { status: 400, body: { error: { message: words, type, param: null, code: null } } },
      { status: 403, body: { error: { message: words, type, param: "prompt", code: null } } },
      { status: 404, body: { error: { message: words, type, param: null, code: "image_file_x" } } },
    ]),
  stability: (words) => [
    { status: 400, body: { id: "x", name: "bad_request", errors: [`prompt: ${words}`, words] } },
    { status: 422, body: { id: "x", name: "invalid_language", errors: [words] } },
    { status: 422, body: { id: "x", name: "public_figure", errors: [words] } },
    { status: 413, body: { id: "x", name: "payload_too_large", errors: [words] } },
    { status: 403, body: { id: "x", name: "content_moderation", errors: [words] } },
    // A gateway's: the name is missing.
    { status: 403, body: { id: "x", errors: [words] } },
    { status: 403, body: { message: words } },
  ],
  recraft: (words) => {
    const ofStyle = { style_id: STYLE_ID };
    const said = [words, `prompt: ${words} is too long`, `the prompt "${words}" is odd`];
    return said.flatMap((message): Refusal[] => [
      ...[400, 413, 422].map((status) => ({
        status,
        body: { code: "invalid_parameter", message },
      })),
      { status: 400, body: { error: { code: "invalid_parameter", message } } },
      { status: 400, body: { error: { message } } },
      { status: 400, body: message },
      { status: 403, body: { code: "forbidden", message }, parameters: ofStyle },
      { status: 403, body: { code: "invalid_style", message } },
      { status: 403, body: { error: { code: "forbidden", message } }, parameters: ofStyle },
      { status: 403, body: { code: "x", message }, parameters: { model: "recraftv3_vector" } },
      { status: 404, body: { code: "not_found", message } },
      { status: 404, body: { code: "style_not_found", message }, parameters: ofStyle },
    ]);
  },
  flux: (words) =>
    [words, `prompt: ${words} is too long`, `Value error, ${words}`].flatMap((said) => [
      { status: 422, body: { detail: said } },
      { status: 400, body: { detail: said } },
      { status: 422, body: { error: "unprocessable", message: said } },
      {
        status: 422,
        body: { detail: [{ loc: ["body", "prompt"], msg: said, type: "x", input: words }] },
      },
      {
        status: 422,
        body: { detail: [{ loc: ["body", said], msg: "x", type: "x", ctx: { error: words } }] },
      },
    ]),
  tripo: (words) => {
    const said = (status: number, code: number): Refusal => ({
      status,
      body: { code, status: "error", message: words, suggestion: words },
    });
    const codes = [1003, 1004, 2002, 2003, 2006, 2007, 2008, 2009, 2014, 2015, 2018, 9_999];
    return [
      ...codes.flatMap((code) => [200, 400, 403, 404].map((status) => said(status, code))),
      said(404, 2001),
      { status: 404, body: { message: words } },
    ];
  },
};

/** What each of these answers to a purchase comes to. */
async function codesOf(
  asked: Asked,
  answers: readonly Refusal[],
  parameters: Readonly<Record<string, unknown>>,
): Promise<readonly (readonly [code: string, refusal: Refusal])[]> {
  let given: Refusal = { status: 500, body: "" };
  const draft = { status: "success", output: { model_url: "https://cdn.tripo3d.ai/model.glb" } };
  const answer = ({ url, method }: Request): Response => {
    if (url.endsWith("/files")) return Response.json({ code: 0, data: { file_token: "file_1" } });
    if (method === "GET") return Response.json({ code: 0, data: draft });
    const { status, body } = given;
    return typeof body === "string"
      ? new Response(body, { status })
      : Response.json(body, { status });
  };
  const codes: [string, Refusal][] = [];
  await withServer(answer, async (address) => {
    for (given of answers) {
      const call = submit(adapterAt(asked.provider, address), asked.operation, {
        ...parameters,
        ...given.parameters,
      }, { readAsset });
      codes.push([(await failureOf(call)).code, given]);
    }
  });
  return codes;
}

const pairs = providerIds.flatMap((provider) =>
  providers[provider].operations.map(({ operation }): Asked => ({ provider, operation }))
);

Deno.test("no words of a client's are taken for the provider's about our key or our money", async (t) => {
  for (const asked of pairs) {
    await t.step(`${asked.operation} by ${asked.provider}`, async () => {
      for (const phrase of PHRASES) {
        // A field that the operation does not have cannot be asked for.
        const shape = findOperation(asked.provider, asked.operation)?.schema.shape ?? {};
        const answers = [...REFUSALS[asked.provider](phrase), ...pages(phrase)].filter((
          { parameters = {} },
        ) => Object.keys(parameters).every((field) => Object.hasOwn(shape, field)));
        for (const [code, refusal] of await codesOf(asked, answers, written(asked, phrase))) {
          const isOfAccount = ["provider_auth", "provider_credits"].includes(code);
          assert.ok(!isOfAccount, `${code}: ${JSON.stringify(refusal)}`);
        }
      }
    });
  }
});

const plain = { id: "x", message: "Words" };

/** What only its structured fields say, whatever its words are. */
const OF_ACCOUNT: readonly (readonly [Asked, Refusal, code: string])[] = [
  [
    { provider: "openai", operation: "text-to-image" },
    {
      status: 400,
      body: {
        error: { message: "Words", type: "x", param: null, code: "billing_hard_limit_reached" },
      },
    },
    "provider_credits",
  ],
  [
    { provider: "stability", operation: "text-to-image" },
    { status: 402, body: { ...plain, name: "payment_required", errors: ["Words"] } },
    "provider_credits",
  ],
  ...([
    [400, { code: "not_enough_units", message: "Words" }, "provider_credits"],
    [403, { code: "insufficient_balance", message: "Words" }, "provider_credits"],
    [400, { error: { code: "no-credits", message: "Words" } }, "provider_credits"],
    [402, { code: "x", message: "not allowed by policy" }, "provider_credits"],
    [403, { code: "forbidden", message: "Words" }, "provider_auth"],
    [404, "404 page not found", "provider_auth"],
  ] as const).map(([status, body, code]) =>
    [{ provider: "recraft", operation: "text-to-image" }, { status, body }, code] as const
  ),
  ...(["The api key is malformed", "Invalid API key format", "x-key is not a valid API key"].map(
    (detail) =>
      [
        { provider: "flux", operation: "image-to-image" },
        { status: 422, body: { detail } },
        "provider_auth",
      ] as const,
  )),
  ...([[403, 1005], [404, 4001], [401, 1004], [403, 2010]] as const).map(([status, code]) =>
    [
      { provider: "tripo", operation: "text-to-model" },
      { status, body: { code, status: "error", message: "Words" } },
      code === 2010 ? "provider_credits" : "provider_auth",
    ] as const
  ),
];

Deno.test("a structured word about the account counts, whatever the others are", async (t) => {
  for (const [asked, refusal, expected] of OF_ACCOUNT) {
    await t.step(`${asked.provider}: ${JSON.stringify(refusal)}`, async () => {
      const example = findOperation(asked.provider, asked.operation)?.example ?? {};
      const [[code] = []] = await codesOf(asked, [refusal], example);
      assert.equal(code, expected);
    });
  }
});

Deno.test("what a client has chosen at Tripo may be refused to us without a word about our key", async (t) => {
  const body = { code: 1005, status: "error", message: "You are not allowed to do this" };
  const cases: readonly (readonly [OperationId, Readonly<Record<string, unknown>>])[] = [
    ["text-to-model", { model_version: "P2-20260801" }],
    ["image-to-model", { model_version: "P1-20260311" }],
    ["refine-model", { draft_model_task_id: "another key's" }],
  ];
  for (const [operation, parameters] of cases) {
    await t.step(operation, async () => {
      const asked: Asked = { provider: "tripo", operation };
      const example = findOperation("tripo", operation)?.example ?? {};
      const [[code] = []] = await codesOf(asked, [{ status: 403, body, parameters }], example);
      assert.equal(code, "provider_rejected");
    });
  }
});

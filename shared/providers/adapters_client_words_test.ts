import assert from "node:assert/strict";
import { maskFile } from "../../simulators/recraft/testing.ts";
import { aModel, aPicture, inputFile } from "../../testing/input_files.ts";
import { failureOf } from "../../testing/provider_failures.ts";
import { PHRASES, type Refusal, refusalsWith } from "../../testing/repeated_words.ts";
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
        const answers = refusalsWith(asked.provider, phrase).filter(({ parameters = {} }) =>
          Object.keys(parameters).every((field) => Object.hasOwn(shape, field))
        );
        for (const [code, refusal] of await codesOf(asked, answers, written(asked, phrase))) {
          const isOfAccount = ["provider_auth", "provider_credits"].includes(code);
          assert.ok(!isOfAccount, `${code}: ${JSON.stringify(refusal)}`);
        }
      }
    });
  }
});

Deno.test("no words of a client's make a refusal one of content, or of an image", async (t) => {
  const phrases = [
    "A poster against gun policy and moderation",
    "image of a mask, safety first",
    "image: a nsfw sign that is prohibited",
    "input_image is inappropriate",
  ];
  for (const phrase of phrases) {
    for (const said of [phrase, `prompt: ${phrase} is too long`, phrase.toUpperCase()]) {
      const cases: readonly (readonly [Asked, Refusal])[] = [
        [
          { provider: "recraft", operation: "text-to-image" },
          { status: 400, body: { code: "invalid_parameter", message: said } },
        ],
        [
          { provider: "flux", operation: "image-to-image" },
          { status: 422, body: { detail: [{ loc: ["body", "prompt"], msg: said, input: said }] } },
        ],
        [
          { provider: "openai", operation: "text-to-image" },
          {
            status: 400,
            body: { error: { message: said, type: "x", param: "prompt", code: "invalid_value" } },
          },
        ],
        [
          { provider: "tripo", operation: "text-to-model" },
          { status: 400, body: { code: 1004, message: said } },
        ],
        [
          { provider: "stability", operation: "text-to-image" },
          { status: 400, body: { id: "x", name: "bad_request", errors: [`prompt: ${said}`] } },
        ],
      ];
      for (const [asked, refusal] of cases) {
        await t.step(`${asked.provider}: ${said}`, async () => {
          const [[code] = []] = await codesOf(asked, [refusal], written(asked, phrase));
          assert.equal(code, "provider_rejected");
        });
      }
    }
  }
});

Deno.test("what a service says of content and of images counts beside what a client wrote", async (t) => {
  const cases = [
    ["Refused by our moderation", "content_refused"],
    ["the image is too small", "invalid_input"],
  ] as const;
  for (const [message, expected] of cases) {
    await t.step(message, async () => {
      const asked: Asked = { provider: "recraft", operation: "text-to-image" };
      const refusal = { status: 400, body: { code: "x", message } };
      const parameters = written(asked, "A poster against gun policy");
      const [[code] = []] = await codesOf(asked, [refusal], parameters);
      assert.equal(code, expected);
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

/** How each service says that a model or an address is there no more, for what we chose ourselves. */
const MISSING: readonly (readonly [Asked, Refusal])[] = [
  [
    { provider: "openai", operation: "text-to-image" },
    {
      status: 400,
      body: {
        error: {
          message: "The model 'gpt-image-2.5-flare-2026-09-08' does not exist.",
          type: "image_generation_user_error",
          param: null,
          code: "invalid_value",
        },
      },
    },
  ],
  ...([
    { status: 400, body: { code: "model_not_found", message: "Words" } },
    { status: 400, body: { code: "invalid_parameter", message: "model: 'x' does not exist" } },
    { status: 404, body: { error: { code: "unknown_model", message: "Words" } } },
    { status: 410, body: { code: "gone", message: "Words" } },
  ].flatMap((refusal) =>
    (["text-to-image", "image-to-image", "image-inpaint"] as const).map((operation) =>
      [{ provider: "recraft", operation }, refusal] as const
    )
  )),
  ...([404, 410].map((status) =>
    [
      { provider: "flux", operation: "image-to-image" },
      { status, body: { detail: "Not Found" } },
    ] as const
  )),
  ...([404, 410].map((status) =>
    [
      { provider: "stability", operation: "text-to-image" },
      { status, body: { id: "x", name: "not_found", errors: ["Words"] } },
    ] as const
  )),
  ...([[400, 2015], [200, 2015], [400, 2017], [410, 2016]] as const).flatMap(([status, code]) =>
    (["text-to-model", "image-to-model"] as const).map((operation) =>
      [
        { provider: "tripo", operation },
        {
          status,
          body: { code, status: "error", message: "Words" },
          parameters: { model_version: undefined },
        },
      ] as const
    )
  ),
];

Deno.test("a model of ours that is not there is the operator's alarm", async (t) => {
  for (const [asked, refusal] of MISSING) {
    await t.step(
      `${asked.operation} by ${asked.provider}: ${JSON.stringify(refusal)}`,
      async () => {
        const example = findOperation(asked.provider, asked.operation)?.example ?? {};
        const [[code] = []] = await codesOf(asked, [refusal], example);
        assert.equal(code, "provider_auth");
      },
    );
  }
});

Deno.test("a model of the client's choice that is not there is the client's to change", async (t) => {
  const cases: readonly (readonly [Asked, Refusal])[] = [
    [
      { provider: "recraft", operation: "text-to-image" },
      {
        status: 400,
        body: { code: "model_not_found", message: "model: 'recraftv2' does not exist" },
        parameters: { model: "recraftv4_1", style: undefined, size: undefined },
      },
    ],
    [
      { provider: "tripo", operation: "text-to-model" },
      {
        status: 400,
        body: { code: 2015, message: "Words" },
        parameters: { model_version: "v2.5-20250123" },
      },
    ],
  ];
  for (const [asked, refusal] of cases) {
    await t.step(asked.provider, async () => {
      const example = findOperation(asked.provider, asked.operation)?.example ?? {};
      const [[code] = []] = await codesOf(asked, [refusal], example);
      assert.equal(code, "provider_rejected");
    });
  }
});

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

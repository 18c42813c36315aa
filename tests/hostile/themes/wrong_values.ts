import { isOperationId, operations } from "../../../shared/contract/operations.ts";
import { providerIds } from "../../../shared/providers/catalog.ts";
import { limits } from "../../../testing/limits/all.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { badField, rawBody, type Refusal, submission } from "../requests.ts";

export const SQL = "x'; drop table public.tasks; --";

/** Free text may be SQL: it is drawn. These parameters are a choice, a number or a yes or no. */
function isChoice(accepted: readonly unknown[]): boolean {
  return !accepted.some((value) => Array.isArray(value) || String(value).length > 50) &&
    !accepted.includes("x") && !accepted.includes("cyberpunk");
}

/** Every parameter of every pair with an object that is an operator elsewhere, and with SQL. */
function everyParameter(scene: Scene): HostileCase[] {
  return providerIds.flatMap((provider) =>
    Object.entries(limits[provider]).flatMap(([operation, { smallest, fields }]) =>
      Object.entries(fields).flatMap(([field, { accepted }]) => {
        const wrong = (words: string, value: unknown): HostileCase =>
          submission(
            scene,
            `${provider} ${field} is ${words}`,
            operation,
            { ...smallest, provider, [field]: value },
            badField(field),
          );
        return [
          wrong("an operator", { $ne: null }),
          ...(isChoice(accepted) ? [wrong("SQL", SQL)] : []),
        ];
      })
    )
  );
}

/** SQL as the path of a file, for each field that names one. */
function everyAddress(scene: Scene): HostileCase[] {
  const address = scene.picture.replace(/[^/]*$/, encodeURIComponent(SQL));
  return providerIds.flatMap((provider) =>
    Object.entries(limits[provider]).flatMap(([operation, { smallest }]) => {
      if (!isOperationId(operation)) return [];
      const files: readonly string[] = operations[operation].assets;
      return files.map((field) => {
        const named = files.map((each) => [each, own(scene, each)]);
        const value = Array.isArray(smallest[field]) ? [address] : address;
        const body = { ...smallest, ...Object.fromEntries(named), provider, [field]: value };
        return submission(scene, `${provider} ${field} has SQL`, operation, body, {
          error: "invalid_asset",
          words: new RegExp(`^${field}.*No such file`),
        });
      });
    })
  );
}

function own({ picture, model }: Scene, field: string): unknown {
  if (field === "input_model_asset_url") return model;
  return field === "input_image_asset_urls" ? [picture] : picture;
}

const PROVIDERS: readonly (readonly [provider: unknown, refusal: Refusal])[] = [
  ...["tripo", "OpenAI", " openai", "", "constructor", "__proto__", "toString", SQL, "οpenai"]
    .map((provider) =>
      [provider, { error: "unsupported_provider", words: /^Unsupported provider / }] as const
    ),
  ...[null, 7, true, ["openai"], { id: "openai" }]
    .map((provider) => [provider, badField("provider")] as const),
];

/** Names that a language or a library may take for something else. */
const NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "__defineGetter__",
  "then",
  "length",
  "$where",
  "user_id",
  "id",
  "status",
  "celery_task_id",
  "cost",
  "task_id ",
  "Prompt",
  "prоmpt",
  "prompt\u202e",
  "prompt[]",
  "a.b",
  "",
];

function unknownFields(scene: Scene): HostileCase[] {
  return NAMES.flatMap((name) =>
    ['{"is_admin": true, "polluted": true}', "1"].map((value) => {
      const text = `{"task_id": "t", "provider": "openai", "prompt": "x",
        ${JSON.stringify(name)}: ${value}}`;
      const refusal: Refusal = { error: "invalid_request", words: /Unknown field; known are / };
      return rawBody(scene, `unknown field ${JSON.stringify(name)}: ${value}`, () => text, refusal);
    })
  );
}

/** Values of the wrong type, SQL, and names that mean something to the language. */
export function wrongValues(scene: Scene): HostileCase[] {
  return [
    ...everyParameter(scene),
    ...everyAddress(scene),
    ...unknownFields(scene),
    ...PROVIDERS.map(([provider, refusal]) =>
      submission(
        scene,
        `provider ${JSON.stringify(provider)}`,
        "text-to-image",
        { prompt: "x", provider },
        refusal,
      )
    ),
    rawBody(
      scene,
      "fields that only a prototype has",
      () => '{"__proto__": {"task_id": "t", "provider": "openai", "prompt": "x"}}',
      badField("provider"),
    ),
  ];
}

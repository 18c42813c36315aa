import type { HostileCase, Scene } from "../hostile_case.ts";
import { badField, submission } from "../requests.ts";

/** What the database cannot keep, and JSON can say. */
const UNKEEPABLE: Readonly<Record<string, string>> = {
  "NUL": "a\0b",
  "only NUL": "\0",
  "the first half of a pair": "a\ud83d",
  "the second half of a pair": "\ude00b",
  "a pair the wrong way round": "\ude00\ud83d",
};

/** Blank in one way or another. */
const BLANK: Readonly<Record<string, string>> = {
  "spaces": "   ",
  "line ends": "\r\n\u2028\u2029",
  "wide spaces": "\u3000\u2003",
  "unbreakable spaces": "\u00a0\ufeff",
};

const TEXTS:
  readonly (readonly [operation: string, field: string, rest: Record<string, string>])[] = [
    ["text-to-image", "task_id", { provider: "openai", prompt: "x" }],
    ["text-to-image", "prompt", { provider: "openai" }],
    ["text-to-image", "negative_prompt", { provider: "stability", prompt: "x" }],
    ["text-to-image", "substyle", { provider: "recraft", prompt: "x" }],
    ["text-to-image", "style_id", { provider: "recraft", prompt: "x" }],
    ["text-to-model", "style", { provider: "tripo", prompt: "x" }],
    ["refine-model", "draft_model_task_id", { provider: "tripo", input_model_asset_url: "x" }],
    ["image-to-image", "input_image_asset_url", { provider: "flux", prompt: "x" }],
  ];

/** Text that breaks what is not made for it. */
export function unicode(scene: Scene): HostileCase[] {
  return [
    ...TEXTS.flatMap(([operation, field, rest]) =>
      Object.entries(UNKEEPABLE).map(([name, text]) =>
        submission(scene, `${field} with ${name}`, operation, { ...rest, [field]: text }, {
          error: "invalid_request",
          words: new RegExp(`${field}: Must be well-formed text without NUL`),
        })
      )
    ),
    ...Object.entries(BLANK).flatMap(([name, text]) => [
      submission(
        scene,
        `a prompt of ${name}`,
        "text-to-image",
        { provider: "openai", prompt: text },
        badField("prompt"),
      ),
      submission(
        scene,
        `a task_id of ${name}`,
        "text-to-image",
        { provider: "openai", prompt: "x", task_id: text },
        badField("task_id"),
      ),
    ]),
    ...["ｏｐｅｎａｉ", "openai\u200b", "openaı", "OPENAI", "open\u00adai"].map((provider) =>
      submission(
        scene,
        `provider ${JSON.stringify(provider)}`,
        "text-to-image",
        { provider, prompt: "x" },
        { error: "unsupported_provider" },
      )
    ),
  ];
}

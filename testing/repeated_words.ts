import type { ProviderId } from "../shared/providers/catalog.ts";

/** What reads like the provider's own words about our key, our money or its rules. */
export const PHRASES: readonly string[] = [
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
  "The model does not exist",
  "The requested model 'gpt-image-2.5-flare-2026-09-08' was retired",
  "model: 'recraftv3' does not exist",
  "2010",
  "1005",
];

const STYLE_ID = "0b1f5c5e-6a3f-4f0e-9d58-1f1a2b3c4d5e";

/** An answer that says no. */
export interface Refusal {
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
const FORMS: Readonly<Record<ProviderId, (words: string) => readonly Refusal[]>> = {
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

/** Every refusal of a provider, or of what stands before it, that repeats these words. */
export function refusalsWith(provider: ProviderId, words: string): readonly Refusal[] {
  return [...FORMS[provider](words), ...pages(words)];
}

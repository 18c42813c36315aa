import { z } from "zod";
import type { ProviderErrorCode } from "../provider_error.ts";
import type { ErrorClassification, ErrorResponse } from "../transport/api.ts";
import { codeOfStatus } from "../transport/error_status.ts";

// https://www.recraft.ai/docs/api-reference, error handling. Bodies have no single form, and neither
// refusals of content nor an empty purse has a code of its own that is documented.

const words = z.object({ code: z.string().catch(""), message: z.string().catch("") });
const errorBody = z.union([
  z.object({ error: words }).transform(({ error }) => error),
  words,
  z.string().transform((message) => ({ code: "", message })),
]);

/** A code is always there, or the older form around it; two refusals are plain text. */
const ownBody = z.union([
  z.object({ code: z.string() }),
  z.object({ error: z.union([z.object({ code: z.string() }), z.object({ message: z.string() })]) }),
  z.enum(["request unauthorized", "404 page not found"]),
]);

export function isOwnError({ body }: ErrorResponse): boolean {
  return ownBody.safeParse(body).success;
}

const CONTENT = /moderat|safety|nsfw|prohibited|inappropriate|not allowed by|policy/i;
const MONEY = /\b(?:not enough|insufficient|out of|no)\b.{0,20}\b(?:units?|credits?|balance)\b/i;
const IMAGE = /image|mask/i;

/** What a message repeats of the request: a user wrote it, and it decides nothing. */
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g;

/** The service does not say how long to wait. */
const RATE_LIMIT_SECONDS = 12;

export function classifyError({ status, body, headers }: ErrorResponse): ErrorClassification {
  const { code = "", message = "" } = errorBody.safeParse(body).data ?? {};
  const text = `${code} ${message}`.trim() || "no words";
  return {
    code: codeOf(status, text.replace(QUOTED, "")),
    message: text,
    ...(status === 429 && !headers.has("retry-after") && { retryAfterSeconds: RATE_LIMIT_SECONDS }),
  };
}

function codeOf(status: number, text: string): ProviderErrorCode {
  const code = codeOfStatus(status);
  if (status >= 500 || status === 429 || status === 401) return code;
  if (CONTENT.test(text)) return "content_refused";
  if (MONEY.test(text)) return "provider_credits";
  return code === "provider_rejected" && IMAGE.test(text) ? "invalid_input" : code;
}

import { z } from "zod";
import { withoutClientWords } from "../client_words.ts";
import type { ProviderErrorCode } from "../provider_error.ts";
import type { ErrorClassification, ErrorResponse } from "../transport/api.ts";
import { codeOfStatus } from "../transport/error_status.ts";
import { isAboutMissingModel } from "../transport/missing_model.ts";

// https://www.recraft.ai/docs/api-reference, error handling. Bodies have no single form, and neither
// refusals of content nor an empty purse has a code of its own that is documented.

const words = z.object({ code: z.string().catch(""), message: z.string().catch("") });
const errorBody = z.union([
  z.object({ error: words }).transform(({ error }) => error),
  words,
  z.string().transform((message) => ({ code: "", message })),
]);

/** The only 404 about our address. */
const NO_SUCH_PATH = "404 page not found";

/** A code is always there, or the older form around it; two refusals are plain text. */
const ownBody = z.union([
  z.object({ code: z.string() }),
  z.object({ error: z.union([z.object({ code: z.string() }), z.object({ message: z.string() })]) }),
  z.enum(["request unauthorized", NO_SUCH_PATH]),
]);

export function isOwnError({ body }: ErrorResponse): boolean {
  return ownBody.safeParse(body).success;
}

const CONTENT = /moderat|safety|nsfw|prohibited|inappropriate|not allowed by|policy/i;
const IMAGE = /image|mask/i;

/** Of codes, which no client can write: none of the service's own is documented. */
const MONEY_CODE = /(?:^|[_\s-])(?:units?|credits?|balance|funds?|payment|billing)(?:$|[_\s-])/i;

/** Of codes about something that a request may name. */
const NAMED_CODE = /style|model|image|param|prompt/i;

/** Of codes about a model that is not there; others may tell that a model cannot do what it is asked. */
const MISSING_MODEL_CODE =
  /^(?:(?:unknown|deprecated|retired)_model|model_(?:not_found|deprecated|retired|does_not_exist))$/i;

/** What a message repeats of the request: a user wrote it, and it decides nothing. */
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g;

/** The service does not say how long to wait. */
const RATE_LIMIT_SECONDS = 12;

export function classifyError(response: ErrorResponse): ErrorClassification {
  const { status, body, headers } = response;
  const { code = "", message = "" } = errorBody.safeParse(body).data ?? {};
  const text = `${code} ${message}`.trim() || "no words";
  return {
    code: isOurModelMissing(response, code, message)
      ? "provider_auth"
      : codeOf(response, code, text),
    message: text,
    ...(status === 429 && !headers.has("retry-after") && { retryAfterSeconds: RATE_LIMIT_SECONDS }),
  };
}

/** Every model is one of our list; another than ours the client can leave out. */
function isOurModelMissing(
  { status, clientWords, hasDefaultModel }: ErrorResponse,
  code: string,
  message: string,
): boolean {
  if (!hasDefaultModel || ![400, 404, 410, 422].includes(status)) return false;
  return MISSING_MODEL_CODE.test(code) || isAboutMissingModel(message, clientWords);
}

/** Our key and our money are known by status and code alone: a message may repeat what a client wrote. */
function codeOf(response: ErrorResponse, code: string, text: string): ProviderErrorCode {
  const { status } = response;
  const usual = codeOfStatus(status);
  if (status >= 500 || status === 401) return usual;
  if (MONEY_CODE.test(code)) return "provider_credits";
  if (status === 429 || status === 402) return usual;
  const unquoted = withoutClientWords(text, response.clientWords).replace(QUOTED, "");
  if (CONTENT.test(unquoted)) return "content_refused";
  if (usual === "provider_auth") {
    const isOfRequest = isOwnError(response) && mayBeOfRequest(response, code);
    return isOfRequest ? "provider_rejected" : usual;
  }
  return usual === "provider_rejected" && IMAGE.test(unquoted) ? "invalid_input" : usual;
}

/** Whether a 403 or 404 may be about a style or a model that a client has named. */
function mayBeOfRequest({ status, body, hasClientChoice }: ErrorResponse, code: string): boolean {
  if (status === 404) return body !== NO_SUCH_PATH;
  return hasClientChoice || NAMED_CODE.test(code);
}

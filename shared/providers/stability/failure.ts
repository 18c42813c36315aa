import { z } from "zod";
import type { ProviderErrorCode } from "../provider_error.ts";
import type { ErrorClassification, ErrorResponse } from "../transport/api.ts";
import { codeOfStatus } from "../transport/error_status.ts";

// https://platform.stability.ai/docs/api-reference, errors; some statuses as seen in the field.

const errorBody = z.object({
  name: z.string().catch(""),
  errors: z.array(z.string()).catch([]),
  message: z.string().catch(""),
});

/** Who exceeds the limit is locked out for this long; asking earlier is of no use. */
const LOCK_OUT_SECONDS = 60;

const CODES: Readonly<Record<string, ProviderErrorCode>> = {
  content_moderation: "content_refused",
  public_figure: "content_refused",
  invalid_language: "unsupported_language",
};

/** About the file that we sent, by the name of its field. */
const IMAGE_ERROR = /^image:/;

/** By their names; one report shows a 401 that has none. */
const ownBody = z.object({ name: z.string() });
const ownUnauthorized = z.object({ message: z.string() });

export function isOwnError({ status, body }: ErrorResponse): boolean {
  return ownBody.safeParse(body).success ||
    (status === 401 && ownUnauthorized.safeParse(body).success);
}

export function classifyError({ status, body, headers }: ErrorResponse): ErrorClassification {
  const { data } = errorBody.safeParse(body);
  const message = data?.errors.join("; ") || data?.message || data?.name || String(body);
  const named = status === 429 ? undefined : CODES[data?.name ?? ""];
  const known = named ?? codeOfStatus(status);
  const isAboutImage = status === 400 && data?.errors.some((error) => IMAGE_ERROR.test(error));
  return {
    code: isAboutImage ? "invalid_input" : known,
    message,
    ...(status === 429 && !headers.has("retry-after") && { retryAfterSeconds: LOCK_OUT_SECONDS }),
  };
}

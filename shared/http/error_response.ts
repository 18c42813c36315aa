import type { Context } from "hono";
import { API_ERROR_STATUS, ApiError } from "../contract/errors.ts";
import type { ErrorBody } from "../contract/responses.ts";
import { isDatabaseAway } from "../database_failure.ts";
import { StorageAway } from "../storage/ask_storage.ts";
import type { AppEnvironment } from "./app_environment.ts";

/** Renders any error as the API's error body. Only an ApiError keeps its words; the rest are ours. */
export function handleError(error: Error, c: Context<AppEnvironment>): Response {
  const known = error instanceof ApiError ? error : asApiError(error);
  // A 503 is nobody's fault who asks: what it comes from is for the operator to see.
  const isOutage = known.code === "unavailable" && known.cause !== undefined;
  if (known !== error || isOutage) c.get("log").error("request failed", error);
  if (known.retryAfterSeconds !== undefined) {
    c.header("Retry-After", String(known.retryAfterSeconds));
  }
  if (known.challenge !== undefined) c.header("WWW-Authenticate", known.challenge);
  return c.json(bodyOf(known, c.get("requestId")), API_ERROR_STATUS[known.code]);
}

function asApiError(cause: Error): ApiError {
  return isDatabaseAway(cause) || cause instanceof StorageAway
    ? new ApiError("unavailable", "The service is not available at the moment; try again", {
      cause,
    })
    : new ApiError("internal_error", "Internal error", { cause });
}

/** The API guide promises the bodies of 401 and 403 verbatim, so these two carry nothing else. */
function bodyOf({ code, message, details, quota }: ApiError, requestId: string): ErrorBody {
  if (code === "unauthorized" || code === "forbidden") {
    return { error: code, message };
  }
  return {
    error: code,
    message,
    ...(details.length > 0 && { details: [...details] }),
    ...(quota && {
      limit: quota.limit,
      used: quota.used,
      allowed: quota.allowed,
      resets_at: quota.resetsAt.toISOString(),
    }),
    request_id: requestId,
  };
}

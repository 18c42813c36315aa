import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ApiError } from "../contract/errors.ts";

/** A request is a few parameters and addresses; files go to Storage first. */
const MAX_BODY_BYTES = 64 * 1024;

/** Refuses larger bodies before they are read, and those that break off. */
export function limitBody(): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new ApiError(
        "payload_too_large",
        "The body is larger than 64 KB; send shorter text, and files as addresses in Storage",
      );
    },
  });
  return async (c, next) => {
    try {
      return await limit(c, next);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      throw new ApiError("invalid_request", "The body broke off", { cause });
    }
  };
}

/** Reads a JSON body. Throws an ApiError for another media type or text that is not JSON. */
export async function readJson(c: Context): Promise<unknown> {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new ApiError("unsupported_media_type", "The body must be sent as application/json");
  }
  try {
    return await c.req.json();
  } catch (cause) {
    throw new ApiError("invalid_request", "Cannot read the body as JSON", { cause });
  }
}

import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ApiError } from "../contract/errors.ts";
import { excerpt } from "../contract/excerpt.ts";

/**
 * A request is a few parameters and URLs; files go to Storage first. The longest prompt has 32,000
 * characters, each up to 4 bytes of UTF-8, or 6 where JSON escapes it.
 */
const MAX_BODY_BYTES = 256 * 1024;

/** The deepest parameter is a list of URLs: two levels. More would only cost time to look through. */
const MAX_DEPTH = 8;

/** Refuses larger bodies before they are read, and those that break off. */
export function limitBody(): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new ApiError(
        "payload_too_large",
        "The body is larger than 256 KB; send shorter text, and files as URLs in Storage",
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

/**
 * Reads a JSON body. Throws an ApiError for another media type, and for what is not JSON in UTF-8 of a
 * sane depth. Of a name that is there twice, the last counts, as everywhere in JavaScript.
 */
export async function readJson(c: Context): Promise<unknown> {
  const encoding = c.req.header("content-encoding")?.trim().toLowerCase() || "identity";
  if (encoding !== "identity") {
    throw new ApiError(
      "unsupported_media_type",
      `The body is encoded as ${excerpt(encoding)}; send it as it is, without Content-Encoding`,
    );
  }
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new ApiError("unsupported_media_type", "The body must be sent as application/json");
  }
  const value = parseJson(decode(await c.req.arrayBuffer()));
  if (isDeeperThan(MAX_DEPTH, value)) {
    throw new ApiError(
      "invalid_request",
      `The body is nested deeper than ${MAX_DEPTH} levels; no parameter is`,
    );
  }
  return value;
}

/** Without a replacement for what is broken: nobody meant to ask for question marks. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ApiError("invalid_request", "The body is not encoded as UTF-8", { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError("invalid_request", "Cannot read the body as JSON", { cause });
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

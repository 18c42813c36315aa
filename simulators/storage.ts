/**
 * The storages behind asynchronous services: signed addresses, and no word of the API's formats.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @module
 */
import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { answerFreeRequest, type OwnFaultAnswers } from "./free_request.ts";
import { type ResultFiles, serveFile } from "./result_files.ts";
import type { SimulatorContext } from "./simulator.ts";

/** A request for a result. */
export interface Download {
  readonly provider: string;
  readonly results: ResultFiles;
  /** The one of {@link ResultFiles}, as it came with the address. */
  readonly token: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** Answers with the file, as long as its address is good. */
export async function answerDownload(
  context: SimulatorContext,
  { provider, results, token, signal }: Download,
): Promise<Response> {
  const file = results.find(token);
  if (file === undefined || file === "expired") return answerForbidden();
  return await answerFreeRequest(context, {
    provider,
    operation: "download",
    signal,
    answer: () => serveFile(file),
    faultAnswers: storageFaults,
  });
}

/** Refuses requests that carry the API's key: it is none of the storage's business. */
export function refuseKey(header: string): MiddlewareHandler {
  return createMiddleware(async (c, next) => {
    if (c.req.header(header) === undefined) return await next();
    const message = `The address is signed: the header ${header} must not be sent here`;
    return answerStorageError(400, "InvalidArgument", message);
  });
}

export const storageFaults: OwnFaultAnswers = {
  rate_limited: () => answerStorageError(429, "SlowDown", "Please reduce your request rate"),
  server_error: () => answerStorageError(503, "ServiceUnavailable", "Please try again"),
  refused: answerForbidden,
};

/** 403: a signature that is unknown, or whose time is over. */
export function answerForbidden(): Response {
  return answerStorageError(403, "AccessDenied", "Request has expired");
}

export function answerStorageError(status: number, code: string, message: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`;
  return new Response(body, { status, headers: { "content-type": "application/xml" } });
}

/**
 * The storage behind the API: results are fetched from it and large files sent to it, with signed
 * addresses and without the API's key.
 *
 * Source: https://developers.tripo3d.ai/en/docs/files-presign
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { answerFreeRequest, type OwnFaultAnswers } from "../free_request.ts";
import { serveFile } from "../result_files.ts";
import { NAME, type TripoService } from "./service.ts";
import { inspectFile, MAXIMUM_MODEL_SIZE } from "./stored_file.ts";

/** The routes below `/storage`. */
export function createStorage(service: TripoService): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    if (c.req.header("authorization") === undefined) return await next();
    return answerError(400, "InvalidArgument", "Only one auth mechanism allowed: no Authorization");
  });
  app.get("/results/:task/:name", (c) => answerDownload(c, service));
  app.put("/uploads/:token", (c) => answerUpload(c, service));
  return app;
}

async function answerDownload(c: Context, { context, results }: TripoService): Promise<Response> {
  const file = results.find(c.req.query("signature") ?? "");
  if (file === undefined || file === "expired") return answerForbidden();
  return await answerFreeRequest(context, {
    provider: NAME,
    operation: "download",
    signal: c.req.raw.signal,
    answer: () => serveFile(file),
    faultAnswers: storageFaults,
  });
}

async function answerUpload(c: Context, { context, files }: TripoService): Promise<Response> {
  const signature = c.req.query("signature") ?? "";
  if (!files.expects(signature)) return answerForbidden();
  const length = c.req.header("content-length");
  if (length === undefined) {
    return answerError(411, "MissingContentLength", "You must provide the Content-Length header");
  }
  if (Number(length) > MAXIMUM_MODEL_SIZE) {
    return answerError(400, "EntityTooLarge", "Your upload exceeds the maximum allowed size");
  }
  const body = c.req.raw.body ?? new Blob([]).stream();
  const file = await inspectFile("upload", body);
  if (file === undefined) return answerError(400, "IncompleteBody", "The body is not complete");
  return await answerFreeRequest(context, {
    provider: NAME,
    operation: "upload",
    signal: c.req.raw.signal,
    answer: () => {
      files.fill(signature, file);
      return new Response(null, { headers: { etag: `"${file.description.sha256}"` } });
    },
    faultAnswers: storageFaults,
  });
}

const storageFaults: OwnFaultAnswers = {
  rate_limited: () => answerError(429, "SlowDown", "Please reduce your request rate"),
  server_error: () => answerError(503, "ServiceUnavailable", "Please try again"),
  refused: answerForbidden,
};

/** A signature that is unknown, or whose time is over. */
function answerForbidden(): Response {
  return answerError(403, "AccessDenied", "Request has expired");
}

function answerError(status: number, code: string, message: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`;
  return new Response(body, { status, headers: { "content-type": "application/xml" } });
}

/**
 * The storage behind the API: results are fetched from it and large files sent to it, with signed
 * addresses and without the API's key.
 *
 * Source: https://developers.tripo3d.ai/en/docs/files-presign
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { answerFreeRequest } from "../free_request.ts";
import {
  answerDownload,
  answerForbidden,
  answerStorageError,
  refuseKey,
  storageFaults,
} from "../storage.ts";
import { NAME, type TripoService } from "./service.ts";
import { inspectFile, MAXIMUM_MODEL_SIZE } from "./stored_file.ts";

/** The routes below `/storage`. */
export function createStorage(service: TripoService): Hono {
  const { context, results } = service;
  const app = new Hono();
  app.use(refuseKey("Authorization"));
  app.get("/results/:task/:name", (c) => {
    const token = c.req.query("signature") ?? "";
    return answerDownload(context, { provider: NAME, results, token, signal: c.req.raw.signal });
  });
  app.put("/uploads/:token", (c) => answerUpload(c, service));
  return app;
}

async function answerUpload(c: Context, { context, files }: TripoService): Promise<Response> {
  const signature = c.req.query("signature") ?? "";
  if (!files.expects(signature)) return answerForbidden();
  const length = c.req.header("content-length");
  if (length === undefined) {
    return answerStorageError(411, "MissingContentLength", "You must provide Content-Length");
  }
  if (Number(length) > MAXIMUM_MODEL_SIZE) {
    return answerStorageError(400, "EntityTooLarge", "Your upload exceeds the maximum size");
  }
  const file = await inspectFile("upload", c.req.raw.body ?? new Blob([]).stream());
  if (file === undefined) {
    return answerStorageError(400, "IncompleteBody", "The body is not complete");
  }
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

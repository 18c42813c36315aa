/**
 * The host of the results: public, and it has nothing to do with tokens.
 *
 * @module
 */
import { Hono } from "hono";
import { answerFreeRequest } from "../free_request.ts";
import { answerStatusOnly } from "../gateway.ts";
import { type ResultFiles, serveFile } from "../result_files.ts";
import type { SimulatorContext } from "../simulator.ts";
import { answerNotFound, answerText } from "./failures.ts";

/** Serves the files at `/<token>`. */
export function createDownloads(
  context: SimulatorContext,
  provider: string,
  files: ResultFiles,
): Hono {
  const app = new Hono();
  app.get("/:token", async (c) => {
    if (c.req.header("authorization") !== undefined) {
      // The real host would not mind; its operator gets to know the token, however.
      return answerText(400, "This is another host: do not send it your token");
    }
    const file = files.find(c.req.param("token"));
    if (file === undefined || file === "expired") return answerNotFound();
    return await answerFreeRequest(context, {
      provider,
      operation: "download",
      signal: c.req.raw.signal,
      answer: () => serveFile(file),
      faultAnswers: {
        rate_limited: () => answerStatusOnly(429),
        server_error: () => answerStatusOnly(500),
        refused: () => answerText(403, "Forbidden"),
      },
    });
  });
  return app;
}

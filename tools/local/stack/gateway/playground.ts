import { type Context, Hono } from "hono";
import { getMimeType } from "hono/utils/mime";
import { currentPlayground } from "../../../playground/current_playground.ts";
import { isOwn } from "../../../../simulators/control_access.ts";
import { SEED } from "../settings.ts";

export interface PlaygroundOptions {
  readonly port: number;
  readonly publishableKey: string;
}

/**
 * The playground at the root of the project's address. It stands in front of what allows pages of other origins: those must not
 * read who is signed in.
 */
export function createPlayground({ port, publishableKey }: PlaygroundOptions): Hono {
  const app = new Hono();

  app.get("/playground.json", async (c, next) => {
    // To another machine it is as a static host, which has no settings: the page asks.
    if (!isOwn(c)) return await next();
    const [user] = SEED.users;
    c.header("cache-control", "no-store");
    return c.json({
      url: new URL(c.req.url).origin,
      publishable_key: publishableKey,
      api_key: SEED.apiKey,
      user,
      operator: SEED.operator,
      is_local: true,
    });
  });

  app.get("/:file?", async (c, next) => {
    const name = c.req.param("file") ?? "index.html";
    if (!name.includes(".")) return await next();
    const content = (await currentPlayground()).get(name);
    if (!content) return await next();
    return answer(c, name, content, port);
  });
  return app;
}

function answer(
  c: Context,
  name: string,
  content: Uint8Array<ArrayBuffer>,
  port: number,
): Response {
  // Results are stored with the project's address, which the page may have been opened by another
  // name of.
  const own = `'self' http://127.0.0.1:${port} http://localhost:${port}`;
  c.header("content-type", getMimeType(name) ?? "application/octet-stream");
  c.header("cache-control", "no-cache");
  c.header("x-content-type-options", "nosniff");
  c.header(
    "content-security-policy",
    [
      "default-src 'self'",
      `img-src ${own} blob: data:`,
      `connect-src ${own} blob: data:`,
      // The viewer unpacks compressed models by WebAssembly, in workers that it makes itself.
      "script-src 'self' 'wasm-unsafe-eval' blob:",
      "worker-src 'self' blob:",
      "style-src 'self' 'unsafe-inline'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
  );
  return c.body(content);
}

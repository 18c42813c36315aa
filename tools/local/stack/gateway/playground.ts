import { join } from "node:path";
import { type Context, Hono } from "hono";
import { getMimeType } from "hono/utils/mime";
import { buildPlayground, PLAYGROUND } from "../../../playground/build_playground.ts";
import { isOwn } from "../../../../simulators/control_access.ts";
import { SEED } from "../settings.ts";

export interface PlaygroundOptions {
  readonly port: number;
  readonly publishableKey: string;
}

/** The files of a build, by name. */
type Build = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * The playground at the root of the project's address. It is built when it is asked for, and again
 * when a source has changed. It stands in front of what allows pages of other origins: those must not
 * read who is signed in.
 */
export function createPlayground({ port, publishableKey }: PlaygroundOptions): Hono {
  const build = rememberBuild();
  const app = new Hono();

  app.get("/playground.json", (c) => {
    // To another machine it is as a static host, which has no settings: it asks.
    if (!isOwn(c)) return c.notFound();
    const [user] = SEED.users;
    c.header("cache-control", "no-store");
    return c.json({
      url: new URL(c.req.url).origin,
      publishable_key: publishableKey,
      api_key: SEED.apiKey,
      user,
      is_local: true,
    });
  });

  app.get("/:file?", async (c, next) => {
    const name = c.req.param("file") ?? "index.html";
    if (!name.includes(".")) return await next();
    const content = (await build()).get(name);
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

/** Builds once, whoever asks, and again when a source is newer. */
function rememberBuild(): () => Promise<Build> {
  let known: { readonly changedAt: number; readonly build: Promise<Build> } | undefined;
  return async () => {
    const changedAt = await newestChange(PLAYGROUND);
    if (known?.changedAt !== changedAt) {
      const build = readBuild();
      known = { changedAt, build };
      // What could not be built is tried again.
      build.catch(() => known = undefined);
    }
    return await known.build;
  };
}

async function readBuild(): Promise<Build> {
  const folder = await Deno.makeTempDir({ prefix: "makeit3d-playground-" });
  try {
    await buildPlayground(folder);
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
    const entries = names.map(async (name) =>
      [name, await Deno.readFile(join(folder, name))] as const
    );
    return new Map(await Promise.all(entries));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** In milliseconds; 0 for an empty folder. */
async function newestChange(folder: string): Promise<number> {
  let newest = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    const changed = isDirectory
      ? await newestChange(path)
      : (await Deno.stat(path)).mtime?.getTime() ?? 0;
    newest = Math.max(newest, changed);
  }
  return newest;
}

import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { repository } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installSdk } from "../../sdks/packages.ts";
import { withInstalledClient } from "../../support/packed_client.ts";

/** Files of the SDKs that pages use as they are, by the names that pages know them by. */
const LIBRARIES = {
  "supabase.js": { sdk: "@supabase/supabase-js", path: "dist/umd/supabase.js" },
  "tus.js": { sdk: "tus-js-client", path: "dist/tus.min.js" },
} as const;

/** Files of the repository that pages import, by the same. */
const MODULES: Readonly<Record<string, string>> = {
  "app.ts": "tests/sdks/app.ts",
  "make_pairs.ts": "tests/clients/support/make_pairs.ts",
};

/** Entries of the client's package, which pages import as one file each. */
const BUNDLES: Readonly<Record<string, string>> = {
  "client.js": "@makeit3d/client",
  "client-images.js": "@makeit3d/client/images",
};

const PAGE = `<!doctype html>
<title>An app of another origin</title>
<link rel="icon" href="data:,">
${Object.keys(LIBRARIES).map((name) => `<script src="/${name}"></script>`).join("\n")}
`;

export interface PageServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Serves from an origin that is not the project's: an empty page with the libraries at `/`, and modules,
 * without their types.
 */
export function servePages(): PageServer {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    stop: () => server.shutdown(),
  };
}

async function answer(request: Request): Promise<Response> {
  const name = new URL(request.url).pathname.slice(1);
  if (name === "") return new Response(PAGE, { headers: { "content-type": "text/html" } });
  if (isLibrary(name)) {
    const { sdk, path } = LIBRARIES[name];
    return script(await Deno.readTextFile(join(await installSdk(sdk), path)));
  }
  const entry = BUNDLES[name];
  if (entry !== undefined) return script(await bundle(name, entry));
  const file = MODULES[name];
  if (file === undefined) return new Response(null, { status: 404 });
  return script(stripTypeScriptTypes(await Deno.readTextFile(join(repository, file))));
}

/** An entry of the client as an app's bundler makes it: of the tarball, installed. */
async function bundle(name: string, entry: string): Promise<string> {
  return await withInstalledClient(async ({ folder }) => {
    await Deno.writeTextFile(join(folder, name), `export * from "${entry}";`);
    const args = ["--quiet", "--no-config", "--no-lock", "--node-modules-dir=manual"];
    const command = ["bundle", ...args, "--platform=browser", name];
    return await run(Deno.execPath(), command, { cwd: folder });
  });
}

function script(text: string): Response {
  return new Response(text, { headers: { "content-type": "text/javascript" } });
}

function isLibrary(name: string): name is keyof typeof LIBRARIES {
  return Object.hasOwn(LIBRARIES, name);
}

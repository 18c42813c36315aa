import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { installPackage } from "../../../tools/local/stack/tools.ts";
import { stack } from "../../support/stack.ts";
import project from "../../../deno.json" with { type: "json" };

/** Files of npm packages that pages use as they are, by the names that pages know them by. */
const LIBRARIES = {
  "supabase.js": { package: "@supabase/supabase-js", path: "dist/umd/supabase.js" },
} as const;

const PAGES = join(import.meta.dirname ?? "", "../pages");

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
 * Serves pages from an origin that is not the project's: an empty one with the libraries at `/`, and
 * the files of `tests/browser/pages`, TypeScript without its types.
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
  if (isLibrary(name)) return script(await Deno.readTextFile(await install(name)));
  if (!/^[a-z_]+\.ts$/.test(name)) return new Response(null, { status: 404 });
  return script(stripTypeScriptTypes(await Deno.readTextFile(join(PAGES, name))));
}

function script(text: string): Response {
  return new Response(text, { headers: { "content-type": "text/javascript" } });
}

function isLibrary(name: string): name is keyof typeof LIBRARIES {
  return Object.hasOwn(LIBRARIES, name);
}

/** The version that everything else uses, too. */
async function install(name: keyof typeof LIBRARIES): Promise<string> {
  const library = LIBRARIES[name];
  const version = project.imports[library.package].split("@").at(-1) ?? "";
  return await installPackage(join(stack.tools, name), { ...library, version });
}

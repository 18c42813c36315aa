import { z } from "zod";

const root = new URL("../", import.meta.url);

const info = z.object({
  roots: z.array(z.string()),
  redirects: z.record(z.string(), z.string()).default({}),
  modules: z.array(z.object({
    specifier: z.string(),
    kind: z.string(),
    size: z.number().default(0),
    dependencies: z.array(z.object({
      code: z.object({ specifier: z.string().optional() }).optional(),
      isDynamic: z.boolean().default(false),
    })).default([]),
  })),
});

/** What is loaded with a file, at once; what only its types need is not. */
export interface ModuleGraph {
  /** Our own files, by their path from the root of the project, with their lengths in bytes. */
  readonly files: ReadonlyMap<string, number>;
  /** Entries of packages, by the name they are imported under: `hono/cors`. */
  readonly packages: readonly string[];
}

/** What the file loads at once. */
export async function moduleGraphOf(path: string): Promise<ModuleGraph> {
  const { roots, redirects, modules } = await readModules(path);
  const known = new Map(modules.map((module) => [module.specifier, module]));

  const files = new Map<string, number>();
  const packages = new Set<string>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const module = known.get(redirects[name] ?? name);
    if (name.startsWith("npm:")) packages.add(packageEntry(name));
    if (!module || !module.specifier.startsWith(root.href)) continue;
    const file = module.specifier.slice(root.href.length);
    if (files.has(file)) continue;
    files.set(file, module.size);
    for (const { code, isDynamic } of module.dependencies) {
      if (code?.specifier && !isDynamic) waiting.push(code.specifier);
    }
  }
  return { files, packages: [...packages].sort() };
}

/** Our own files that a file reaches by its imports, those of types included. */
export async function filesReachedFrom(path: string): Promise<readonly string[]> {
  return (await readModules(path)).modules
    .filter(({ specifier }) => specifier.startsWith(root.href))
    .map(({ specifier }) => specifier.slice(root.href.length));
}

/** Asks Deno, which resolves and loads the file as it does when it runs it. */
async function readModules(path: string): Promise<z.infer<typeof info>> {
  const { stdout, success, stderr } = await new Deno.Command(Deno.execPath(), {
    // What the lock file says decides nothing here, and the Deno of the platform cannot read it.
    args: ["info", "--json", "--no-lock", path],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return info.parse(JSON.parse(new TextDecoder().decode(stdout)));
}

/** `npm:/hono@4.13.19/cors` is `hono/cors`. */
function packageEntry(specifier: string): string {
  return specifier.replace(/^npm:\/?/, "").replace(/(?<=.)@[^/]+/, "");
}

import assert from "node:assert/strict";
import { providerIds } from "../../shared/providers/catalog.ts";
import { type ModuleGraph, moduleGraphOf } from "../../testing/module_graph.ts";

/** All that a function may load when it starts: each more makes every cold start slower. */
interface Allowance {
  readonly packages: readonly string[];
  /** Folders besides the function's own; their subfolders are named by themselves. */
  readonly folders: readonly string[];
  /** What it must not load even from there. */
  readonly without?: RegExp;
}

const WEB = ["hono", "hono/cors", "hono/request-id", "postgres", "postgres-array", "zod"];
const TOKENS = ["jose/decode/protected_header", "jose/errors", "jose/jwks/local"];
const CALLERS = [...TOKENS, "jose/jwt/decode", "jose/jwt/verify"];
const BASE = [
  "shared",
  "shared/auth",
  "shared/contract",
  "shared/http",
  "shared/storage",
  "shared/tasks",
];
const CATALOG = ["shared/providers", ...providerIds.map((name) => `shared/providers/${name}`)];

const allowances: Readonly<Record<string, Allowance>> = {
  account: {
    packages: [...WEB, ...CALLERS],
    folders: BASE,
    without: /contract\/(operations|fields|validate)\.ts$/,
  },
  operator: {
    packages: [...WEB, ...CALLERS, "hono/body-limit"],
    folders: [
      ...BASE.filter((folder) => folder !== "shared/tasks"),
      "shared/contract/operator",
      "shared/operator",
    ],
    without: /contract\/operations\.ts$/,
  },
  "tasks-status": {
    packages: [...WEB, ...CALLERS, "hono/body-limit"],
    folders: BASE,
    // What requests of operations may be is for who accepts them.
    without: /contract\/operations\.ts$/,
  },
  generation: {
    packages: [...WEB, ...CALLERS, "hono/body-limit"],
    folders: [
      ...BASE,
      // For the document of the API.
      "shared/contract/operator",
      "shared/generation",
      "shared/inputs",
      "shared/inputs/mask",
      "shared/moderation",
      "shared/openapi",
      "shared/openapi/paths",
      "shared/reference",
      ...CATALOG,
    ],
    // Schemas of requests, and no client of a provider.
    without: /providers\/(.*\/)?(adapters?|client|failure)\.ts$/,
  },
  worker: {
    packages: [
      ...WEB,
      "@supabase/supabase-js",
      "file-type",
      "ipaddr.js",
      "openai",
      "postcss",
      "saxes",
    ],
    folders: [
      ...BASE,
      ...CATALOG,
      "shared/inputs",
      "shared/inputs/cut",
      "shared/providers/transport",
      "supabase/functions/worker/drawings",
      "supabase/functions/worker/facts",
      "supabase/functions/worker/step",
    ],
    without: /shared\/openapi\//,
  },
};

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/"));
}

function excess(
  name: string,
  { files, packages }: ModuleGraph,
  { packages: known, folders, without }: Allowance,
): string[] {
  const places = [...folders, `supabase/functions/${name}`];
  return [
    ...packages.filter((entry) => !known.includes(entry)),
    ...[...files.keys()].filter((file) => !places.includes(folderOf(file)) || without?.test(file)),
  ];
}

function unused(
  { files, packages }: ModuleGraph,
  { packages: known, folders }: Allowance,
): string[] {
  const places = new Set([...files.keys()].map(folderOf));
  return [
    ...known.filter((entry) => !packages.includes(entry)),
    ...folders.filter((folder) => !places.has(folder)),
  ];
}

for (const [name, allowance] of Object.entries(allowances)) {
  Deno.test(`${name} loads what it needs, and nothing else`, async () => {
    const graph = await moduleGraphOf(`supabase/functions/${name}/index.ts`);
    assert.deepEqual(excess(name, graph, allowance), [], "loaded, but not in the list");
    assert.deepEqual(unused(graph, allowance), [], "in the list, but not loaded");
  });
}

Deno.test("a package, a folder and a file too many are noticed", () => {
  const files = ["shared/contract/operations.ts", "shared/openapi/document.ts", "shared/log.ts"];
  const graph = {
    files: new Map(files.map((file) => [file, 1])),
    packages: ["openai", "zod"],
  };
  const allowance: Allowance = {
    packages: ["zod", "hono"],
    folders: ["shared", "shared/contract", "shared/http"],
    without: /operations\.ts$/,
  };
  assert.deepEqual(excess("tasks-status", graph, allowance), ["openai", ...files.slice(0, 2)]);
  assert.deepEqual(unused(graph, allowance), ["hono", "shared/http"]);
});

Deno.test("what only types need is not loaded, and what is behind a package is its own", async () => {
  const { files, packages } = await moduleGraphOf("shared/storage/check_bucket.ts");
  assert.deepEqual([...files.keys()], ["shared/storage/check_bucket.ts"]);
  assert.deepEqual(packages, []);
  const database = await moduleGraphOf("shared/database.ts");
  assert.deepEqual(database.packages, ["postgres", "postgres-array"]);
});

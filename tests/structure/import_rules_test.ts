import assert from "node:assert/strict";

/** Source text by path from the root of the project. */
type Sources = ReadonlyMap<string, string>;

const FUNCTIONS = "supabase/functions/";
const root = new URL("../../", import.meta.url);

async function readSources(folder: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
    if (isDirectory) found.push(...(await readSources(`${folder}${name}/`)));
    else if (name.endsWith(".ts")) {
      found.push([folder + name, await Deno.readTextFile(new URL(folder + name, root))]);
    }
  }
  return found;
}

const isTest = (path: string): boolean => /_test\.ts$|(^|\/)testing\.ts$|^testing\//.test(path);

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

/** What a file imports: packages by name, files by their path from the root. */
function importsOf(path: string, text: string): string[] {
  const statement =
    /^(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;
  return [...withoutComments(text).matchAll(statement)]
    .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "")
    .map((name) =>
      name.startsWith(".") ? new URL(name, `file:///${path}`).pathname.slice(1) : name
    );
}

interface ImportRule {
  readonly reason: string;
  appliesTo(path: string): boolean;
  forbids(imported: string, path: string): boolean;
}

const providerFolder = (path: string): string | undefined =>
  /^shared\/providers\/(?!transport\/)([^/]+)\//.exec(path)?.[1];
const functionFolder = (path: string): string | undefined =>
  /^supabase\/functions\/([^/]+)\//.exec(path)?.[1];

const importRules: Readonly<Record<string, ImportRule>> = {
  "contract imports only zod and itself": {
    reason: "clients and tests can take the contract without the rest",
    appliesTo: (path) => path.startsWith("shared/contract/") && !isTest(path),
    forbids: (imported) => imported !== "zod" && !imported.startsWith("shared/contract/"),
  },
  "providers know no tasks, callers, HTTP or Storage": {
    reason: "a provider is a mapping and one call; the worker does the rest",
    appliesTo: (path) => path.startsWith("shared/providers/"),
    forbids: (imported) => /^shared\/(tasks|auth|http|storage|generation)\//.test(imported),
  },
  "a provider knows no other provider": {
    reason: "each can be changed or removed alone",
    appliesTo: (path) => providerFolder(path) !== undefined,
    forbids: (imported, path) =>
      ![undefined, providerFolder(path)].includes(providerFolder(imported)),
  },
  "transport knows no provider": {
    reason: "what all providers' calls have in common is the same for each",
    appliesTo: (path) => path.startsWith("shared/providers/transport/") && !isTest(path),
    forbids: (imported) => providerFolder(imported) !== undefined,
  },
  "shared imports nothing from supabase": {
    reason: "functions build on shared, never the other way round",
    appliesTo: (path) => path.startsWith("shared/"),
    forbids: (imported) => imported.startsWith("supabase/"),
  },
  "what is deployed imports no tool and no simulator": {
    reason: "the local stack is no part of the product; tests may use its simulators",
    appliesTo: () => true,
    forbids: (imported, path) =>
      imported.startsWith("tools/") || (imported.startsWith("simulators/") && !isTest(path)),
  },
  "what is deployed imports no test": {
    reason: "test code must not be bundled",
    appliesTo: (path) => !isTest(path),
    forbids: (imported) => isTest(imported),
  },
  "a function knows no other function": {
    reason: "functions are deployed one by one; what two need is shared",
    appliesTo: (path) => functionFolder(path) !== undefined,
    forbids: (imported, path) =>
      ![undefined, functionFolder(path)].includes(functionFolder(imported)),
  },
  "an import of a file carries its extension": {
    reason: "the platform's bundler follows imports as they are written",
    appliesTo: () => true,
    forbids: (imported) =>
      /^(shared|supabase|simulators|testing)\//.test(imported) && !/\.(ts|json)$/.test(imported),
  },
};

function breaches(rule: ImportRule, sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => rule.appliesTo(path))
    .flatMap(([path, text]) =>
      importsOf(path, text)
        .filter((imported) => rule.forbids(imported, path))
        .map((imported) => `${path} imports ${imported}: ${rule.reason}`)
    );
}

interface WordRule {
  readonly reason: string;
  allowedIn(path: string): boolean;
}

const isEntry = (path: string): boolean => /^supabase\/functions\/[^/]+\/index\.ts$/.test(path);

const wordRules: Readonly<Record<string, WordRule>> = {
  "Deno.env": { reason: "settings are read once, at the start", allowedIn: isEntry },
  "Deno.serve": { reason: "everything else can be tested without a server", allowedIn: isEntry },
  "createClient(": {
    reason: "clients are built at the start, and only Storage needs one",
    allowedIn: (path) => isEntry(path) || path.startsWith("shared/storage/"),
  },
};

function misplaced(word: string, { reason, allowedIn }: WordRule, sources: Sources): string[] {
  return [...sources]
    .filter(
      ([path, text]) => !isTest(path) && withoutComments(text).includes(word) && !allowedIn(path),
    )
    .map(([path]) => `${path} uses ${word}: ${reason}`);
}

const sources: Sources = new Map([
  ...(await readSources("shared/")),
  ...(await readSources(FUNCTIONS)),
]);

Deno.test("imports keep their directions", async (t) => {
  for (const [name, rule] of Object.entries(importRules)) {
    await t.step(name, () => assert.deepEqual(breaches(rule, sources), []));
  }
});

Deno.test("effects stand where they belong", async (t) => {
  for (const [word, rule] of Object.entries(wordRules)) {
    await t.step(word, () => assert.deepEqual(misplaced(word, rule, sources), []));
  }
});

Deno.test("each rule notices a breach", async (t) => {
  const made: Readonly<Record<string, readonly [path: string, imported: string]>> = {
    "contract imports only zod and itself": ["shared/contract/a.ts", "hono"],
    "providers know no tasks, callers, HTTP or Storage": [
      "shared/providers/x/a.ts",
      "../../tasks/b.ts",
    ],
    "a provider knows no other provider": ["shared/providers/x/a.ts", "../y/b.ts"],
    "transport knows no provider": ["shared/providers/transport/a.ts", "../x/b.ts"],
    "shared imports nothing from supabase": ["shared/a.ts", "../supabase/functions/x/b.ts"],
    "what is deployed imports no tool and no simulator": ["shared/a.ts", "../simulators/app.ts"],
    "what is deployed imports no test": ["shared/a.ts", "../testing/claims.ts"],
    "a function knows no other function": [`${FUNCTIONS}x/a.ts`, "../y/b.ts"],
    "an import of a file carries its extension": ["shared/a.ts", "./b"],
  };
  for (const [name, rule] of Object.entries(importRules)) {
    await t.step(name, () => {
      const [path = "", imported = ""] = made[name] ?? [];
      const text = `import {\n  thing,\n} from "${imported}";\n`;
      assert.equal(breaches(rule, new Map([[path, text]])).length, 1);
    });
  }
});

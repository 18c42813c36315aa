import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";
import project from "../../deno.json" with { type: "json" };

/** What an app has around the page's snippets. */
const APP = `
import type { MakeIt3D, SupabaseLike } from "@makeit3d/client";
declare global {
  const supabase: SupabaseLike;
  const apiKey: string;
  const photo: File;
  const cancelButton: { onclick: () => void };
  function show(...values: unknown[]): void;
  function readToken(): Promise<string>;
  function renewToken(): Promise<string>;
}
`;

/** Packages of React Native, which are not here. */
const STAND_INS = {
  "react-native": `export declare const AppState: {
    addEventListener(type: "change", listener: (state: string) => void): { remove(): void };
  };`,
  "@react-native-async-storage/async-storage": `declare const storage: {
    getItem(key: string): Promise<string | null>;
    setItem(key: string, value: string): Promise<void>;
    removeItem(key: string): Promise<void>;
  };
  export default storage;`,
};

/** The client that earlier snippets have made. */
const DECLARED = `import type { MakeIt3D } from "@makeit3d/client";
declare const makeit3d: MakeIt3D;`;

const { imports } = project;

async function checkSnippets(
  snippets: readonly (readonly [kind: string, code: string])[],
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const client = (entry: string): string => join(repository, "client", entry, "mod.ts");
  const standIns = Object.keys(STAND_INS).map((name, place) => [name, `./stand_in_${place}.ts`]);
  const config = {
    imports: {
      "react": imports.react,
      "@types/react": imports["@types/react"],
      "@makeit3d/client": client(""),
      "@makeit3d/client/images": client("images"),
      "@makeit3d/client/react": client("react"),
      "@makeit3d/client/react-native": client("react_native"),
      ...Object.fromEntries(standIns),
    },
    compilerOptions: {
      jsx: "react-jsx",
      jsxImportSource: "react",
      jsxImportSourceTypes: "@types/react",
    },
  };
  const files: Record<string, string> = { "deno.json": JSON.stringify(config), "app.ts": APP };
  Object.values(STAND_INS).forEach((text, place) => files[`stand_in_${place}.ts`] = text);
  snippets.forEach(([kind, code], place) => {
    const known = code.includes("const makeit3d") ? [] : [DECLARED];
    files[`snippet_${place}.${kind}`] = ['import "./app.ts";', ...known, code, "export {};"].join(
      "\n",
    );
  });
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    await run(Deno.execPath(), ["check", "--quiet", "--no-lock", folder], { cwd: folder });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("every snippet of docs/client.md compiles in an app", async () => {
  const page = await Deno.readTextFile(join(repository, "docs/client.md"));
  const snippets = [...page.matchAll(/```(tsx?)\n([^]*?)```/g)]
    .map(([, kind = "", code = ""]) => [kind, code] as const);
  assert.ok(snippets.length > 8);
  await checkSnippets(snippets);
});

Deno.test("a snippet that does not is noticed", async () => {
  const wrong = 'await makeit3d.generate("text-to-image", { provider: "tripo", prompt: "x" });';
  await assert.rejects(checkSnippets([["ts", wrong]]), /tripo/);
});

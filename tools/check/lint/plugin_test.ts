import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { effectRules } from "./effect_rules.ts";
import { importRules } from "./import_rules.ts";
import plugin from "./plugin.ts";

const root = new URL("../../../", import.meta.url);

/** What `deno lint` says about a file with this text, by rule. */
function messagesOf(path: string, text: string): readonly string[] {
  return Deno.lint.runPlugin(plugin, new URL(path, root).pathname, text)
    .map(({ id, message }) => `${id}: ${message}`);
}

/** For each rule, a file and what it must not import. */
const BREACHES: Readonly<Record<string, readonly [path: string, imported: string]>> = {
  "contract imports only zod and itself": ["shared/contract/a.ts", "hono"],
  "providers know no tasks, callers, HTTP or Storage": [
    "shared/providers/x/a.ts",
    "../../tasks/b.ts",
  ],
  "a provider knows no other provider": ["shared/providers/x/a.ts", "../y/b.ts"],
  "transport knows no provider": ["shared/providers/transport/a.ts", "../y/b.ts"],
  "shared imports nothing from supabase": ["shared/a.ts", "../supabase/functions/x/b.ts"],
  "a function knows no other function": ["supabase/functions/x/a.ts", "../y/b.ts"],
  "what is deployed imports no tool and no simulator": ["shared/a.ts", "../simulators/app.ts"],
  "what is deployed imports no test": ["shared/a.ts", "../testing/claims.ts"],
  "unit tests need no stack": ["shared/a_test.ts", "../tests/support/stack.ts"],
  "the client imports only itself, and what apps have": ["client/a.ts", "../shared/b.ts"],
  "simulators know nothing of the product": ["simulators/a.ts", "../shared/log.ts"],
  "an import of a file carries its extension": ["shared/a.ts", "./b"],
};

Deno.test("deno lint, and so the editor, has the plugin", () => {
  assert.deepEqual(config.lint.plugins, ["./tools/check/lint/plugin.ts"]);
});

Deno.test("each import rule notices a breach, in each way to import", async (t) => {
  assert.deepEqual(Object.keys(BREACHES), importRules.map(({ name }) => name));
  for (const { name, reason } of importRules) {
    const [path = "", imported = ""] = BREACHES[name] ?? [];
    const statements = [
      `import {\n  thing,\n} from "${imported}";`,
      `import type { Thing } from "${imported}";`,
      `import "${imported}";`,
      `export { thing } from "${imported}";`,
      `export * from "${imported}";`,
      `const thing = await import("${imported}");`,
    ];
    for (const statement of statements) {
      await t.step(`${path}: ${statement}`, () => {
        assert.deepEqual(messagesOf(path, statement), [
          `project/import-directions: ${name}: ${reason}`,
        ]);
      });
    }
  }
});

Deno.test("imports in the right direction pass", () => {
  const imports: readonly (readonly [path: string, imported: string])[] = [
    ["shared/contract/a.ts", "zod"],
    ["shared/providers/x/a.ts", "../transport/api.ts"],
    ["supabase/functions/x/a.ts", "../../../shared/log.ts"],
    ["shared/a_test.ts", "../simulators/app.ts"],
    ["shared/a_test.ts", "../testing/claims.ts"],
    ["shared/a.ts", "hono/cors"],
  ];
  for (const [path, imported] of imports) {
    assert.deepEqual(messagesOf(path, `import { thing } from "${imported}";`), [], imported);
  }
});

Deno.test("each effect is noticed where it does not belong, and nowhere else", async (t) => {
  const uses: Readonly<Record<string, string>> = {
    "Deno.env": 'const x = Deno.env.get("X");',
    "Deno.serve": "Deno.serve(handle);",
    "createClient": "const client = createClient(url, key);",
    "fetch": 'const response = await fetch(url, { method: "POST", body });',
  };
  for (const { expression, reason } of effectRules) {
    await t.step(expression, () => {
      const text = uses[expression] ?? "";
      const message = `project/effects: ${expression} does not belong here: ${reason}`;
      assert.deepEqual(messagesOf("shared/a.ts", text), [message]);
      assert.deepEqual(messagesOf("supabase/functions/x/app.ts", text), [message]);
      for (const path of ["supabase/functions/x/index.ts", "shared/a_test.ts", "tools/a.ts"]) {
        assert.deepEqual(messagesOf(path, text), [], path);
      }
      assert.deepEqual(messagesOf("shared/a.ts", `// ${text}`), []);
    });
  }
});

Deno.test("an adapter fetches nothing itself", () => {
  const text = "const client = new Client({ fetch: (url, options) => fetch(url, options) });";
  for (const path of ["shared/providers/x/adapter.ts", "shared/providers/transport/api.ts"]) {
    assert.equal(messagesOf(path, text).length, 1, path);
  }
  assert.deepEqual(messagesOf("shared/providers/transport/send.ts", text), []);
});

Deno.test("a test that compares times of the clock is noticed", async (t) => {
  const measured = [
    "const start = performance.now();",
    "const elapsed = Date.now() - start;",
    "while (Date.now() < deadline) await poll();",
  ];
  for (const text of measured) {
    await t.step(text, () => {
      for (const path of ["shared/a_test.ts", "testing/a.ts", "tests/hostile/a.ts"]) {
        assert.deepEqual(messagesOf(path, text).map((message) => message.split(":")[0]), [
          "project/no-wall-clock-in-tests",
        ], path);
      }
      for (const path of ["shared/a.ts", "bench/a.ts", "tests/soak/a_test.ts"]) {
        assert.deepEqual(messagesOf(path, text), [], path);
      }
    });
  }
  await t.step("a moment that is only passed on", () => {
    const moments = "const [now, ago] = [new Date(Date.now() + 60_000), Date.now() - 60_000];";
    assert.deepEqual(messagesOf("shared/a_test.ts", moments), []);
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { foldersOf, repository } from "../../tools/local/stack/folders.ts";
import { settingsOf } from "../../tools/local/stack/function_settings.ts";
import { hostedDeno } from "../../tools/local/stack/isolates/deno_version.ts";
import { createFunctionProgram } from "../../tools/local/stack/isolates/function_program.ts";
import { IsolatePool } from "../../tools/local/stack/isolates/isolate_pool.ts";
import { plans } from "../../tools/local/stack/isolates/rules.ts";
import { simulatedProviders } from "../../tools/local/stack/providers.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { headersOf, newTaskId, signIn } from "../support/client.ts";
import { stack } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";
import { type TlsDatabase, withTlsDatabase } from "../support/tls_database.ts";

const PORT = testPorts.hostedDatabaseTls;
const ADDRESS = `http://127.0.0.1:${PORT}/generation`;
const FILES = [
  "tools/local/stack/isolates/edge_runtime.ts",
  "supabase/functions/generation/index.ts",
];
/** The platform's Deno packs answers, and the pool in between does not pass that on. */
const PLAIN = { "Accept-Encoding": "identity" };

/** Runs `generation` on the platform's Deno; `readLog` tells what it has logged. */
async function withGeneration(
  { environment }: TlsDatabase,
  test: (readLog: () => Promise<string>) => Promise<void>,
): Promise<void> {
  const deno = hostedDeno(await installTool(foldersOf(testPorts.shared).tools, "hostedDeno"));
  const folder = await Deno.makeTempDir();
  const entry = join(folder, "generation.ts");
  const imports = FILES.map((file) =>
    `import ${JSON.stringify(pathToFileURL(join(repository, file)).href)};\n`
  );
  await Deno.writeTextFile(entry, imports.join(""));
  const { names, env, hosts } = settingsOf("generation", {
    ports: stack.ports,
    secrets: stack.secrets,
    overrides: {
      ...simulatedProviders({}, `http://127.0.0.1:${stack.ports.simulators}`),
      ...environment,
    },
  });
  const database = new URL(environment.DATABASE_URL).host;
  const pool = new IsolatePool({
    name: "generation",
    port: PORT,
    program: createFunctionProgram({
      ...{ name: "generation", settings: names, env, entry, hosts: [...hosts, database] },
      deno: { ...deno, options: [...deno.options, "--config", join(repository, "deno.json")] },
    }),
    rules: plans.paid,
    host: { logFolder: folder, onSpawn: () => {} },
  });
  try {
    await pool.start();
    await test(() => Deno.readTextFile(join(folder, "generation.log")));
  } finally {
    await pool.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("on the platform's Deno a database that takes TLS only is served by", async () => {
  const user = await signIn();
  await withTlsDatabase(false, async (database) => {
    await withGeneration(database, async () => {
      const health = await fetch(`${ADDRESS}/health`, { headers: PLAIN });
      assert.deepEqual([health.status, await health.json()], [200, { status: "ok" }]);
      const submitted = await fetch(`${ADDRESS}/text-to-image`, {
        method: "POST",
        headers: { ...headersOf(user.token), ...PLAIN },
        body: JSON.stringify({ task_id: newTaskId(), provider: "openai", prompt: "A red cube" }),
      });
      assert.equal(submitted.status, 202, await submitted.text());
      assert.ok(database.front.encrypted > 0);
      assert.equal(database.front.clear, 0);
    });
  });
});

Deno.test("and one with a wrong certificate is told nothing", async () => {
  await withTlsDatabase(true, async (database) => {
    await withGeneration(database, async (readLog) => {
      const health = await fetch(`${ADDRESS}/health`, { headers: PLAIN });
      await health.body?.cancel();
      assert.equal(health.status, 503);
      assert.deepEqual([database.front.encrypted, database.front.clear], [0, 0]);
      assert.match(await readLog(), /is refused.*UnknownIssuer.*DATABASE_CA/);
    });
  });
});

import assert from "node:assert/strict";
import { foldersOf } from "../../tools/local/stack/folders.ts";
import { hostedDeno } from "../../tools/local/stack/isolates/deno_version.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { headersOf, newTaskId, signIn } from "../support/client.ts";
import { type FunctionsOnDeno, PLAIN, withFunctionsOnDeno } from "../support/functions_on_deno.ts";
import { testPorts } from "../support/test_ports.ts";
import { type TlsDatabase, withTlsDatabase } from "../support/tls_database.ts";

/** Runs `generation` on the platform's Deno. */
async function withGeneration(
  { environment }: TlsDatabase,
  test: (functions: FunctionsOnDeno) => Promise<void>,
): Promise<void> {
  const deno = hostedDeno(await installTool(foldersOf(testPorts.shared).tools, "hostedDeno"));
  const options = { deno, port: testPorts.hostedDatabaseTls, names: ["generation"] } as const;
  await withFunctionsOnDeno({ ...options, settings: environment }, test);
}

Deno.test("on the platform's Deno a database that takes TLS only is served by", async () => {
  const user = await signIn();
  await withTlsDatabase(false, async (database) => {
    await withGeneration(database, async ({ urlOf }) => {
      const health = await fetch(`${urlOf("generation")}/health`, { headers: PLAIN });
      assert.deepEqual([health.status, await health.json()], [200, { status: "ok" }]);
      const submitted = await fetch(`${urlOf("generation")}/text-to-image`, {
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
    await withGeneration(database, async ({ urlOf, readLog }) => {
      const health = await fetch(`${urlOf("generation")}/health`, { headers: PLAIN });
      await health.body?.cancel();
      assert.equal(health.status, 503);
      assert.deepEqual([database.front.encrypted, database.front.clear], [0, 0]);
      assert.match(await readLog("generation"), /is refused.*UnknownIssuer.*DATABASE_CA/);
    });
  });
});

import assert from "node:assert/strict";
import { foldersOf } from "../../tools/local/stack/folders.ts";
import { hostedDeno } from "../../tools/local/stack/isolates/deno_version.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { newTaskId, signIn } from "../support/client.ts";
import { testPorts } from "../support/test_ports.ts";
import { withTlsDatabase } from "../support/tls_database.ts";

const deno = hostedDeno(await installTool(foldersOf(testPorts.shared).tools, "hostedDeno"));
const port = testPorts.hostedDatabaseTls;

Deno.test("on the platform's Deno a database that takes TLS only is served by", async () => {
  const user = await signIn();
  await withTlsDatabase({ port, deno }, async ({ functions, front }) => {
    const health = await functions.health();
    assert.equal(health.status, 200, await health.text());
    const submitted = await functions.submit(user, newTaskId());
    assert.equal(submitted.status, 202, await submitted.text());
    assert.ok(front.encrypted > 0);
    assert.equal(front.clear, 0);
  });
});

Deno.test("and one with a wrong certificate is told nothing", async () => {
  await withTlsDatabase({ port, deno, isForeign: true }, async ({ functions, front }) => {
    const health = await functions.health();
    assert.equal(health.status, 503);
    await health.body?.cancel();
    assert.deepEqual([front.encrypted, front.clear], [0, 0]);
    assert.match(await functions.readLog(), /is refused.*UnknownIssuer.*DATABASE_CA/);
  });
});

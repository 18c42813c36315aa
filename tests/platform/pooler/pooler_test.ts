import assert from "node:assert/strict";
import { createAuthority } from "../../../testing/certificates.ts";
import { foldersOf } from "../../../tools/local/stack/folders.ts";
import {
  type DenoVersion,
  hostedDeno,
  ownDeno,
} from "../../../tools/local/stack/isolates/deno_version.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { headersOf, newTaskId, signIn, type User } from "../../support/client.ts";
import {
  type FunctionsOnDeno,
  PLAIN,
  withFunctionsOnDeno,
} from "../../support/functions_on_deno.ts";
import { newOperator } from "../../support/operator.ts";
import { stack, withDatabase } from "../../support/stack.ts";
import { testPorts } from "../../support/test_ports.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { hasPgBouncer, withPgBouncer } from "./debian_pgbouncer.ts";

const NAMES = ["generation", "tasks-status", "account", "operator", "worker"] as const;
const PORTS = { pool: testPorts.pooler, functions: testPorts.pooler + 1 };

const isThere = hasPgBouncer();
if (!isThere) {
  // CI installs it: a test that is left out there would be missed by nobody.
  if (Deno.env.get("CI")) throw new Error("No PgBouncer here: see .ci/run");
  // deno-lint-ignore no-console -- a test that is ignored does not say why by itself
  console.warn("tests/platform/pooler: no PgBouncer here: sudo apt-get install pgbouncer");
}

const authority = await createAuthority("root of the pool");

const denos: Readonly<Record<string, () => Promise<DenoVersion>>> = {
  "the Deno of the stack": () => Promise.resolve(ownDeno),
  "the platform's Deno": async () =>
    hostedDeno(await installTool(foldersOf(testPorts.shared).tools, "hostedDeno")),
};

/** Each function asks the database for something; returns the task that was submitted. */
async function useEach({ urlOf }: FunctionsOnDeno, { token }: User): Promise<string> {
  const headers = { ...headersOf(token), ...PLAIN };
  const json = async (response: Response, status: number): Promise<Record<string, unknown>> => {
    const text = await response.text();
    assert.equal(response.status, status, text);
    return JSON.parse(text);
  };
  const operator = { headers: { ...PLAIN, apikey: stack.secrets.workerSecret } };
  const health = await json(await fetch(`${urlOf("generation")}/health`, operator), 200);
  assert.equal(health["status"], "ok");
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A red cube" };
  const submit = { method: "POST", headers, body: JSON.stringify(body) };
  const accepted = await json(await fetch(`${urlOf("generation")}/text-to-image`, submit), 202);
  const id = String(accepted["celery_task_id"]);
  const woken = await fetch(urlOf("worker"), { method: "POST", ...operator });
  assert.equal((await json(woken, 202))["status"], "awake");
  const account = await json(await fetch(urlOf("account"), { headers }), 200);
  assert.equal(account["plan"], "default");
  const { token: operatorToken } = await newOperator();
  const seen = await json(
    await fetch(urlOf("operator"), { headers: { ...headersOf(operatorToken), ...PLAIN } }),
    200,
  );
  assert.ok(Array.isArray(seen["lanes"]));
  await waitUntil("the end of the task", async () => {
    const status = await fetch(`${urlOf("tasks-status")}/${id}`, { headers });
    return (await json(status, 200))["status"] === "complete";
  });
  return id;
}

for (const [name, findDeno] of Object.entries(denos)) {
  Deno.test({
    name: `through a pool with TLS on both sides, on ${name}`,
    ignore: !isThere,
    async fn() {
      const [user, deno] = [await signIn(), await findDeno()];
      const own = await authority.issue(["127.0.0.1"]);
      await withPgBouncer({ port: PORTS.pool, own }, async (pool) => {
        const settings = { DATABASE_URL: pool.url, DATABASE_CA: authority.certificate };
        const options = { deno, port: PORTS.functions, names: NAMES, settings };
        await withFunctionsOnDeno(options, async (functions) => {
          await useEach(functions, user);
          const { clients, servers } = await pool.connections(authority.certificate);
          const ours = clients.filter((client) => client.application_name.startsWith("makeit3d-"));
          assert.deepEqual(
            [...new Set(ours.map((client) => client.application_name))].sort(),
            NAMES.map((name) => `makeit3d-${name}`).sort(),
          );
          assert.ok(servers.length > 0);
          for (const { tls } of [...ours, ...servers]) assert.match(tls, /^TLSv1\.3/);
        });
      });
    },
  });

  Deno.test(`directly, with TLS, on ${name}`, async () => {
    const [user, deno] = [await signIn(), await findDeno()];
    const options = { deno, port: PORTS.functions, names: NAMES };
    await withFunctionsOnDeno(options, async (functions) => {
      await useEach(functions, user);
      const connections = await withDatabase((sql) =>
        sql<{ version: string | null }[]>`
          select version from pg_stat_ssl join pg_stat_activity using (pid)
          where application_name like 'makeit3d-%'
        `
      );
      assert.ok(connections.length >= NAMES.length);
      for (const { version } of connections) assert.equal(version, "TLSv1.3");
    });
  });

  Deno.test({
    name: `a pool that is not who it should be is told nothing, on ${name}`,
    ignore: !isThere,
    async fn(t) {
      const deno = await findDeno();
      const stranger = await createAuthority("somebody else");
      const wrong = {
        "another authority": [await stranger.issue(["127.0.0.1"]), /UnknownIssuer/],
        "another host": [
          await authority.issue(["db.example"]),
          /NotValidForName|not valid for name/,
        ],
        "a certificate that is over": [
          await authority.issue(["127.0.0.1"], new Date("2020-01-01")),
          /[Ee]xpired/,
        ],
      } as const;
      for (const [fault, [own, cause]] of Object.entries(wrong)) {
        await t.step(fault, async () => {
          await withPgBouncer({ port: PORTS.pool, own }, async (pool) => {
            const settings = { DATABASE_URL: pool.url, DATABASE_CA: authority.certificate };
            const names = ["generation"] as const;
            const options = { deno, port: PORTS.functions, names, settings };
            await withFunctionsOnDeno(options, async ({ urlOf, readLog }) => {
              const health = await fetch(`${urlOf("generation")}/health`, { headers: PLAIN });
              await health.body?.cancel();
              assert.equal(health.status, 503);
              const log = await readLog("generation");
              assert.match(log, /The certificate of the database at 127\.0\.0\.1:\d+ is refused/);
              assert.match(log, cause);
              assert.match(log, /set DATABASE_CA/);
              assert.doesNotMatch(log, /in clear text/);
              assert.ok(!log.includes(stack.secrets.databasePassword));
            });
          });
        });
      }
    },
  });
}

import assert from "node:assert/strict";
import postgres from "postgres";
import { newTaskId, signIn, submit } from "../support/client.ts";
import { databaseEnvironment, stack, withDatabase } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";
import { withTlsDatabase, withTlsFunctions } from "../support/tls_database.ts";

const port = testPorts.databaseTls;

Deno.test("the functions of the stack speak TLS to its Postgres", async () => {
  await submit(await signIn());
  await withDatabase(async (sql) => {
    const connections = await sql`
      select application_name, ssl, version
      from pg_stat_ssl join pg_stat_activity using (pid)
      where application_name in ('makeit3d-generation', 'makeit3d-tasks-status')
        and client_port is not null
    `;
    assert.ok(connections.length > 0);
    for (const { ssl, version } of connections) assert.deepEqual([ssl, version], [true, "TLSv1.3"]);
  });
});

Deno.test("in clear text the project's role is not let in", async () => {
  const url = new URL(databaseEnvironment.DATABASE_URL);
  url.searchParams.set("sslmode", "disable");
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await assert.rejects(sql`select`, /rejects connection .*user "postgres".* no encryption/);
  } finally {
    await sql.end();
  }
});

Deno.test("a database that takes TLS only is served by", async () => {
  const user = await signIn();
  await withTlsFunctions({ port, isForeign: false }, async (functions, front) => {
    const health = await functions.health();
    assert.equal(health.status, 200, await health.text());
    const submitted = await functions.submit(user, newTaskId());
    assert.equal(submitted.status, 202, await submitted.text());
    assert.ok(front.encrypted > 0);
    assert.equal(front.clear, 0);
  });
});

Deno.test("a database with a wrong certificate is told nothing, and the log says why", async () => {
  const user = await signIn();
  await withTlsFunctions({ port, isForeign: true }, async (functions, front) => {
    const health = await functions.health();
    assert.equal(health.status, 503);
    await health.body?.cancel();
    const submitted = await functions.submit(user, newTaskId());
    assert.equal(submitted.status, 503);
    await submitted.body?.cancel();
    assert.deepEqual([front.encrypted, front.clear], [0, 0]);
    const log = await functions.readLog();
    assert.match(log, /certificate of the database at 127\.0\.0\.1:\d+ is refused.*UnknownIssuer/);
    assert.match(log, /set DATABASE_CA/);
    assert.ok(!log.includes(stack.secrets.databasePassword));
  });
});

/** Runs a command of operators; its exit code and what it printed. */
async function status(env: Readonly<Record<string, string>>): Promise<[number, string]> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "tools/operate/status.ts"],
    env: { ...env, NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return [code, decoder.decode(stdout) + decoder.decode(stderr)];
}

Deno.test("commands speak to the database as the functions do", async (t) => {
  await t.step("TLS only", async () => {
    await withTlsDatabase(false, async ({ front, environment }) => {
      const [code, words] = await status(environment);
      assert.notEqual(code, 2, words);
      assert.ok(front.encrypted > 0);
      assert.equal(front.clear, 0);
    });
  });
  await t.step("a wrong certificate", async () => {
    await withTlsDatabase(true, async ({ front, environment }) => {
      const [code, words] = await status(environment);
      assert.equal(code, 2);
      assert.match(words, /certificate of the database at 127\.0\.0\.1:\d+ is refused/);
      assert.deepEqual([front.encrypted, front.clear], [0, 0]);
    });
  });
  await t.step("an address that a sign of the password has broken off", async () => {
    const DATABASE_URL = "postgresql://postgres:#confidential@db.example:5432/postgres";
    const [code, words] = await status({ DATABASE_URL });
    assert.equal(code, 2);
    assert.match(words, /DATABASE_URL: .*# as %23/);
    assert.doesNotMatch(words, /confidential/);
  });
});

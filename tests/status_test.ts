import assert from "node:assert/strict";
import postgres from "postgres";
import { repository } from "../tools/local/stack/folders.ts";
import { withProject } from "./properties/database.ts";
import { DevProcess } from "./support/dev_process.ts";
import { testPorts } from "./support/test_ports.ts";

interface Ending {
  readonly code: number;
  readonly printed: string;
}

async function statusOf(databaseUrl: string): Promise<Ending> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "status"],
    cwd: repository,
    env: { DATABASE_URL: databaseUrl, NO_COLOR: "1" },
  }).output();
  return { code, printed: new TextDecoder().decode(stdout) };
}

async function change(databaseUrl: string, statement: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement).simple();
  } finally {
    await sql.end();
  }
}

Deno.test("status ends with 0 where nothing is wrong, else with 1 and what to do", async () => {
  await withProject(async (url) => {
    const healthy = await statusOf(url);
    assert.equal(healthy.code, 0, healthy.printed);
    assert.match(healthy.printed, /^No alerts\n/);
    assert.match(healthy.printed, /\n {2}lane {2,}ready {2,}polls/);

    await change(
      url,
      `
      update private.lanes set paused_until = 'infinity'
      where provider = (select min(provider) from private.lanes)
    `,
    );
    const ill = await statusOf(url);
    assert.equal(ill.code, 1, ill.printed);
    assert.match(
      ill.printed,
      /^1 alert; see docs.operations.md\n {2}\[warning\] lane_paused .*\n {4}Nothing is started until/,
    );
    assert.match(ill.printed, / infinity /);
  });
});

Deno.test("status shows the running stack, and says so where there is none", async () => {
  const own = new DevProcess("status", ["--port", String(testPorts.shared)]);
  await own.end();
  for (const part of ["openai", "Billable calls of the last seven days", "Maintenance"]) {
    assert.ok(own.printed.includes(part), own.printed);
  }
  const none = new DevProcess("status", ["--port", String(testPorts.shared + 9_000)]);
  assert.equal(await none.end(), 1);
  assert.match(none.printed, /No stack is running/);
});

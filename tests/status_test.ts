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

Deno.test("status shows what is spent, against which cap and by whom", async () => {
  await withProject(async (url) => {
    await change(
      url,
      `
      insert into auth.users (id, aud, role, email)
      values ('00000000-0000-4000-8000-00000000000d', 'authenticated', 'authenticated', 'd@e.com');
      update private.limits set project_usd_per_day = 40;
      insert into private.spending (scope, scope_id, day, used_usd)
      values ('project', '', (now() at time zone 'UTC')::date, 33);
      insert into private.user_spending (user_id, day, used_usd)
      values ('00000000-0000-4000-8000-00000000000d', (now() at time zone 'UTC')::date, 33);
      insert into private.provider_calls (
        attempt, provider, operation, result_count, sent_at, finished_at, outcome, estimate_usd
      )
      select 1, min(provider), 'text-to-image', 1, now(), now(), 'succeeded', 3.5
      from private.lanes;
      update private.submit_pause set paused_since = now(), message = 'Back at noon';
    `,
    );
    const { code, printed } = await statusOf(url);
    assert.equal(code, 1, printed);
    assert.match(printed, /\[warning\] budget_80 project day\n {4}\$33\.00 of \$40\.00 are spent/);
    assert.match(printed, /\nSubmits are paused since .*"Back at noon"/);
    assert.match(printed, /\n {2}project +day +33\.00 +40\.00 +82\.5\n/);
    assert.match(printed, /\n {2}\d{4}-\d\d-\d\d +left +deleted +0 +1 +3\.50 +0\.00\n/);
    assert.match(printed, /\n {2}00000000-0000-4000-8000-00000000000d +- +0 +33\.00\n/);
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

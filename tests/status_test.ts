import assert from "node:assert/strict";
import postgres from "postgres";
import { withBlackHole } from "../testing/black_hole.ts";
import { repository } from "../tools/local/stack/folders.ts";
import { withProject } from "./properties/database.ts";
import { DevProcess } from "./support/dev_process.ts";
import { testPorts } from "./support/test_ports.ts";

interface Ending {
  readonly code: number;
  readonly printed: string;
  readonly failure: string;
}

async function statusOf(databaseUrl: string, ...options: string[]): Promise<Ending> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "status", ...options],
    cwd: repository,
    env: { DATABASE_URL: databaseUrl, NO_COLOR: "1" },
  }).output();
  const [printed, failure] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, printed: printed ?? "", failure: failure ?? "" };
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
    assert.match(healthy.printed, /^Database: 127\.0\.0\.1:\d+\/properties_\d+, .*\nNo alerts\n/);
    assert.match(healthy.printed, /\nlane {2,}waits {2,}polled/);
    assertFits(healthy.printed);

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
      /\n1 alert: lane_paused \w+\n[^]*\n1 alert; see docs.operations.md\n {2}\[warning\] lane_paused .*\n {4}It starts nothing until[^]*\n$/,
    );
    assert.match(ill.printed, /\n\w+ .* starts nothing until it is resumed\n/);
    assertFits(ill.printed);
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
      select private.submit_task(
        p_user_id => '00000000-0000-4000-8000-00000000000d', p_client_task_id => 'one',
        p_operation => 'text-to-image', p_provider => (select min(provider) from private.lanes),
        p_parameters => '{}', p_output => 'image', p_result_count => 1,
        p_time_limit_seconds => 600, p_request_id => 'one'
      );
      update public.tasks
      set started_at = created_at + interval '0.413272 seconds', message_id = null,
        status = 'canceled', finished_at = created_at + interval '1.987654 seconds';
      insert into private.provider_calls (
        attempt, provider, operation, result_count, sent_at, finished_at, outcome, cost_usd
      )
      select 2, max(provider), 'text-to-image', 1, now(), now(), 'succeeded', 0.123457
      from private.lanes;
      update private.submit_pause set paused_since = now(), message = 'Back at noon';
    `,
    );
    const { code, printed } = await statusOf(url, "--all");
    assert.equal(code, 1, printed);
    assertColumns(printed);
    assert.match(printed, /\[warning\] budget_80 project day\n {4}\$33\.00 of \$40\.00 are spent/);
    assert.match(printed, /\nSubmits are paused since [^"]*"Back\sat\snoon"/);
    assert.match(printed, /\n {2}text-to-image +left .* +0\.4 \/ 0\.4 +1\.6 \/ 1\.6\n/);
    assert.match(printed, /\n {2}cost usd +0\.12\n/);
    assert.doesNotMatch(printed, /\s\d+\.\d{3}/);
    assert.match(printed, /\n {2}project +day +33\.00 +40\.00 +82\.5\n/);
    assert.match(printed, /\n {2}\d{4}-\d\d-\d\d +left +deleted +0 +1 +3\.50 +0\.00\n/);
    assert.match(printed, /\n {2}00000000-0000-4000-8000-00000000000d +default +1 +33\.00\n/);
  });
});

Deno.test("status fits a screen however much is wrong, and says how to see the rest", async () => {
  await withProject(async (url) => {
    await change(
      url,
      `
      update private.lanes set paused_until = now() + interval '90 seconds',
        consecutive_failures = 6, failing_since = now();
      insert into auth.users (id, aud, role, email)
      values ('00000000-0000-4000-8000-00000000000d', 'authenticated', 'authenticated', 'd@e.com');
      select private.submit_task(
        p_user_id => '00000000-0000-4000-8000-00000000000d', p_client_task_id => 'one',
        p_operation => 'text-to-image', p_provider => (select min(provider) from private.lanes),
        p_parameters => '{}', p_output => 'image', p_result_count => 1,
        p_time_limit_seconds => 600, p_request_id => 'one'
      );
      update public.tasks set last_error = '401 Incorrect API key provided: [secret].' ||
        repeat(' You can find your key in your account.', 9);
      insert into private.provider_calls (
        task_id, attempt, provider, operation, result_count, sent_at, finished_at, outcome,
        error_code
      )
      select tasks.id, row_number() over (), lanes.provider, 'text-to-image', 1, now(), now(), 'failed',
        'provider_auth'
      from private.lanes, public.tasks;
      update private.submit_pause set paused_since = now() - interval '2 hours';
    `,
    );
    const { code, printed } = await statusOf(url);
    assert.equal(code, 1, printed);
    assertFits(printed);
    assert.match(
      printed,
      /starts nothing for another (90|8\d) s\n {4}provider_auth: 401 Incorrect/,
    );
    assert.match(printed, /\n {2}and \d+ more: .* status --all\n$/);

    const all = await statusOf(url, "--all");
    assertColumns(all.printed);
    assert.doesNotMatch(all.printed, / more: /);
    assert.match(all.printed, /lane_paused[^]*starts nothing for another \d+ s/);
  });
});

function assertFits(printed: string): void {
  assertColumns(printed);
  const lines = printed.trimEnd().split("\n");
  assert.ok(lines.length <= 24, `${lines.length} lines:\n${printed}`);
}

function assertColumns(printed: string): void {
  for (const line of printed.split("\n")) assert.ok(line.length <= 80, line);
}

/** What a pooler answers that takes connections while the database behind it is away, and then nothing. */
const WELCOME = new Uint8Array([
  ...[0x52, 0, 0, 0, 8, 0, 0, 0, 0], // AuthenticationOk
  ...[0x5a, 0, 0, 0, 5, 0x49], // ReadyForQuery
]);

async function withSilentPooler(test: (port: number) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const connection of listener) {
      connections.push(connection);
      await connection.write(WELCOME);
    }
  })();
  try {
    await test(listener.addr.port);
  } finally {
    listener.close();
    for (const connection of connections) connection.close();
    await accepting;
  }
}

Deno.test("status ends with 2 where the database is away, and says where it was looked for", async (t) => {
  const check = async (port: number): Promise<void> => {
    const { code, printed, failure } = await statusOf(
      `postgres://postgres:secret-word@127.0.0.1:${port}/postgres`,
    );
    assert.equal(code, 2, printed);
    assert.match(failure, new RegExp(`Cannot reach the database at 127.0.0.1:${port}: `));
    assert.doesNotMatch(printed + failure, /secret-word|No alerts/);
  };
  await t.step("nobody listens", () => check(1));
  await t.step("nothing is answered", () => withBlackHole(undefined, ({ port }) => check(port)));
  await t.step("a pooler takes the connection", () => withSilentPooler(check));
});

Deno.test("status shows the running stack, and says so where there is none", async () => {
  const own = new DevProcess("status", ["--all", "--port", String(testPorts.shared)]);
  await own.end();
  for (const part of ["openai", "Billable calls of the last seven days", "Maintenance"]) {
    assert.ok(own.printed.includes(part), own.printed);
  }
  const none = new DevProcess("status", ["--port", String(testPorts.shared + 9_000)]);
  assert.equal(await none.end(), 2);
  assert.match(none.printed, /No stack is running/);
});

import assert from "node:assert/strict";
import { join } from "node:path";
import type postgres from "postgres";
import { foldersOf } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { applyMigrations, applyPlatform } from "../../support/migrations.ts";
import { testPorts } from "../../support/test_ports.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { findPgCron, withPgCron } from "./debian_postgres.ts";

/** A run every minute is waited for; one is never late by more than this. */
const TICK_SECONDS = 75;
const EXTENSION = "create extension if not exists pgmq;";

const server = findPgCron();
if (!server) {
  // deno-lint-ignore no-console -- a test that is ignored does not say why by itself
  console.warn("tests/cron: no server with pg_cron here: sudo apt-get install postgresql-15-cron");
}

/** The server's extension folder is not ours to write to: the extension's SQL runs as a script. */
async function applyPgmq(sql: postgres.Sql): Promise<void> {
  const archive = await installTool(foldersOf(testPorts.shared).tools, "pgmq");
  const script = await run(
    "tar",
    [
      ["-xzOf", archive],
      [join("share/postgresql/extension", "pgmq--1.11.1.sql")],
    ].flat(),
  );
  const lines = script.split("\n").filter((line) => !line.includes("pg_extension_config_dump"));
  await sql.unsafe(lines.join("\n")).simple();
}

async function applyScript(sql: postgres.Sql, name: string): Promise<void> {
  await sql.unsafe(await Deno.readTextFile(new URL(name, import.meta.url))).simple();
}

async function textsOf(sql: postgres.Sql, query: string): Promise<readonly string[]> {
  const rows = await sql.unsafe<{ text: string }[]>(query);
  return rows.map(({ text }) => text);
}

const readJobs = (sql: postgres.Sql): Promise<readonly string[]> =>
  textsOf(sql, "select concat_ws(' | ', jobid, jobname, command, username) as text from cron.job");

/** How often the schedule has looked whether to wake the worker, without a failure. */
async function countLooks(sql: postgres.Sql): Promise<number> {
  const rows = await sql<{ status: string }[]>`
    select status from cron.job_run_details where command like '%wake_worker%'
  `;
  assert.deepEqual(rows.filter(({ status }) => status === "failed"), []);
  return rows.filter(({ status }) => status === "succeeded").length;
}

async function waitForLook(sql: postgres.Sql): Promise<void> {
  const before = await countLooks(sql);
  await waitUntil(
    "the next run of the schedule",
    async () => await countLooks(sql) > before,
    TICK_SECONDS,
  );
}

async function countCalls(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::integer from net.calls`;
  return row?.count ?? 0;
}

Deno.test({
  name: "the schedule on a real pg_cron",
  ignore: !server,
  fn: async (t) => {
    await withPgCron(server ?? "", testPorts.cron, async (admin, as) => {
      await applyScript(admin, "stand_ins.sql");
      const sql = as("postgres");
      await applyPlatform(sql);
      await applyPgmq(sql);

      await t.step("without pg_cron the migrations apply, and say what is missing", async () => {
        await applyMigrations(sql, (text) => text.replace(EXTENSION, ""));
        assert.deepEqual(await textsOf(sql, "select private.schedule_problems() as text"), [
          "Extension pg_cron is missing: enable it, then select * from private.install_schedule()",
          "Vault has no secret worker_url: select private.connect_worker(url of the worker, WORKER_SECRET)",
          "Vault has no secret worker_secret: select private.connect_worker(url of the worker, WORKER_SECRET)",
        ]);
      });

      await admin`create extension pg_cron`;
      await admin`grant usage on schema cron to postgres`;
      const [extension] = await textsOf(
        sql,
        "select extversion as text from pg_extension where extname = 'pg_cron'",
      );
      const knowsSeconds = Number(extension?.split(".")[1]?.split("-")[0]) >= 5;

      await t.step(`with pg_cron ${extension} it creates its jobs`, async () => {
        const problems = await textsOf(sql, "select private.install_schedule() as text");
        assert.deepEqual(
          problems.filter((problem) => !problem.includes("Vault")),
          knowsSeconds ? [] : ["Job makeit3d-wake is scheduled as * * * * * instead of 10 seconds"],
        );
        assert.deepEqual(await textsOf(sql, "select jobname as text from cron.job order by 1"), [
          "makeit3d-prune",
          "makeit3d-reconcile",
          "makeit3d-wake",
        ]);
      });

      await t.step("a second run changes nothing, and takes away what was ours once", async () => {
        const jobs = await readJobs(sql);
        await sql`select cron.schedule('makeit3d-old', '* * * * *', 'select 1')`;
        await sql`select cron.schedule('of somebody else', '0 0 1 1 *', 'select 1')`;
        await sql`select private.install_schedule()`;
        const after = await readJobs(sql);
        assert.deepEqual(after.filter((job) => !job.includes("of somebody else")), jobs);
        assert.equal(after.length, jobs.length + 1);
      });

      await t.step("with nothing due it wakes nobody", async () => {
        await sql`
          select private.connect_worker('https://x.supabase.co/functions/v1/worker', 'worker-secret-1234')
        `;
        await waitForLook(sql);
        assert.equal(await countCalls(sql), 0);
      });

      await t.step("with a message due, and only then, it calls the worker", async () => {
        const user = "00000000-0000-4000-8000-000000000001";
        await sql`insert into auth.users (id) values (${user})`;
        await sql`
          select private.submit_task(${user}, 'due', 'text-to-image', 'openai', '{}', 'image', 1, 600, 'r')
        `;
        await waitForLook(sql);
        const calls = await sql`select url, headers, timeout_milliseconds from net.calls limit 1`;
        assert.deepEqual([...calls], [{
          url: "https://x.supabase.co/functions/v1/worker",
          headers: { apikey: "worker-secret-1234", "Content-Type": "application/json" },
          timeout_milliseconds: 3000,
        }]);
      });

      await t.step("it reconciles each minute, with nobody to wake", async () => {
        await waitUntil("a reconciliation", async () => {
          const [reconciled] = await sql`
            select from private.maintenance_jobs where job = 'reconcile' and last_run_at > '-infinity'
          `;
          return reconciled;
        }, TICK_SECONDS);
      });

      await t.step("its own records are deleted when they are old", async () => {
        const count = async (): Promise<unknown> =>
          (await sql`select count(*)::integer from cron.job_run_details where end_time < now() - interval '1 day'`)[
            0
          ]
            ?.["count"];
        await admin`update cron.job_run_details set end_time = now() - interval '2 days'`;
        assert.notEqual(await count(), 0);
        await sql`select private.prune()`;
        assert.equal(await count(), 0);
      });
    });
  },
});

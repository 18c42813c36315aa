import assert from "node:assert/strict";
import type postgres from "postgres";
import { repository } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { applyPlatform, migrationNames } from "../../support/migrations.ts";
import { inDatabase } from "../../support/own_database.ts";
import { QUEUE_SUBJECTS, runPgTap } from "../../support/pgtap.ts";
import { stack } from "../../support/stack.ts";
import { testPorts } from "../../support/test_ports.ts";
import { hasPgCron, withPgCron } from "../cron/debian_postgres.ts";
import { applyHosted, withHostedDatabase } from "../deploy/hosted_database.ts";
import { withDebianPgmq } from "./debian_with_pgmq.ts";

/** The oldest that a project may be on. */
const OLDEST = "15";

const supabase = await installTool(stack.tools, "supabase");

async function runCli(...args: string[]): Promise<string> {
  return await run(supabase, args, {
    cwd: repository,
    env: { DO_NOT_TRACK: "1" },
  });
}

/** What a project's first deploy does to its database, and its second. */
async function pushTwice(t: Deno.TestContext, url: string, version: string): Promise<void> {
  await t.step(`it is Postgres ${version}, and the role no superuser`, async () => {
    await inDatabase(url, async (sql) => {
      const [row] = await sql`
        select current_user, rolsuper, split_part(current_setting('server_version'), '.', 1) as version
        from pg_roles where rolname = current_user
      `;
      assert.deepEqual({ ...row }, { current_user: "postgres", rolsuper: false, version });
    });
  });
  await t.step("it takes all migrations at once", async () => {
    await runCli("db", "push", "--yes", `--remote=${url}`);
    await inDatabase(url, async (sql) => {
      const applied = await sql`select from supabase_migrations.schema_migrations`;
      assert.equal(applied.length, migrationNames.length);
    });
  });
  await t.step("and has nothing to do the second time", async () => {
    const before = await describe(url);
    assert.match(await runCli("db", "push", "--yes", `--remote=${url}`), /up to date/);
    assert.deepEqual(await describe(url), before);
  });
  await t.step("the advisors have nothing to warn of", async () => {
    await runCli("db", "advisors", `--remote=${url}`, "--type", "all", "--fail-on", "warn");
  });
}

/** Whatever a migration could have made again: relations, functions, jobs. */
async function describe(url: string): Promise<readonly string[]> {
  const found: string[] = [];
  await inDatabase(url, async (sql) => {
    const rows = await sql<{ name: string }[]>`
      select oid || ' ' || relname || ' ' || xmin as name from pg_class
      where relnamespace::regnamespace::text in ('public', 'private', 'monitoring', 'pgmq')
        and relkind in ('r', 'v', 'i')
      union all
      select oid || ' ' || proname || ' ' || xmin from pg_proc
      where pronamespace::regnamespace::text in ('public', 'private', 'monitoring')
      order by name
    `;
    found.push(...rows.map(({ name }) => name), ...await jobsOf(sql));
  });
  assert.ok(found.length > 100);
  return found;
}

async function jobsOf(sql: postgres.Sql): Promise<readonly string[]> {
  const [row] = await sql`select to_regclass('cron.job') is not null as exists`;
  if (!row?.["exists"]) return [];
  const jobs = await sql<{ job: string }[]>`
    select concat_ws(' ', jobid, jobname, schedule) as job from cron.job order by jobid
  `;
  return jobs.map(({ job }) => job);
}

Deno.test("an empty project on the newest Postgres takes the migrations, once", async (t) => {
  await withHostedDatabase(async (url) => {
    await pushTwice(t, url, "17");
  });
});

Deno.test({
  name: `an empty project on Postgres ${OLDEST} with pg_cron takes them, too, and works`,
  // CI installs it: there it is to be missed.
  ignore: !hasPgCron(OLDEST) && !Deno.env.get("CI"),
  fn: async (t) => {
    assert.ok(hasPgCron(OLDEST), `No Postgres ${OLDEST} with pg_cron: postgresql-${OLDEST}-cron`);
    await withDebianPgmq(OLDEST, async (server) => {
      await withPgCron(server, testPorts.postgres15, async (admin, as) => {
        const address = `127.0.0.1:${testPorts.postgres15}/postgres`;
        await createProject(admin, `postgres://supabase_admin@${address}`);
        await pushTwice(t, `postgres://postgres@${address}`, OLDEST);
        await t.step("pg_cron has its jobs", async () => {
          const jobs = await jobsOf(as("postgres"));
          assert.deepEqual(jobs.map((job) => job.split(" ")[1]).sort(), [
            "makeit3d-prune",
            "makeit3d-reconcile",
            "makeit3d-wake",
          ]);
        });
        // That one stands in for pg_cron, and for a newer one.
        await runPgTap(t, admin, QUEUE_SUBJECTS.filter((subject) => subject !== "schedule"));
      });
    });
  },
});

/** As a project is that has nothing yet but pg_cron, which its dashboard enables. */
async function createProject(admin: postgres.Sql, url: string): Promise<void> {
  const bootstrap = new URL("../../../tools/local/stack/bootstrap.sql", import.meta.url);
  // The roles are the whole server's; what else it makes is not wanted in the project.
  await admin`create database roles_only`;
  await inDatabase(url.replace(/postgres$/, "roles_only"), async (sql) => {
    const text = await Deno.readTextFile(bootstrap);
    await sql.begin((transaction) => transaction.unsafe(text).simple());
  });
  await applyPlatform(admin);
  await applyHosted(admin);
  await admin`create extension pg_cron with schema pg_catalog`;
  await admin`grant usage on schema cron to postgres`;
}

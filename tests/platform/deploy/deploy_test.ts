import assert from "node:assert/strict";
import { migrationNames } from "../../support/migrations.ts";
import { inDatabase } from "../../support/own_database.ts";
import { countMigrations, deploy, SECRETS, withProject } from "./deploy_command.ts";

Deno.test("a deploy shows its plan, does it when told to, and finds nothing to do again", async (t) => {
  await withProject(async (project) => {
    const { uploads, secrets, database } = project;

    await t.step("without --yes nothing is changed", async () => {
      const { code, printed } = await deploy(project, SECRETS);
      assert.equal(code, 0, printed);
      assert.match(printed, /1\. set the secrets WORKER_SECRET, OPENAI_API_KEY\n/);
      assert.match(printed, new RegExp(`2\\. apply ${migrationNames.length} migrations`));
      assert.match(printed, /Nothing was changed\. Do it: .* task deploy --yes/);
      assert.deepEqual([uploads.length, secrets.size, await countMigrations(database)], [0, 0, 0]);
    });

    await t.step("with it secrets, migrations and functions are there", async () => {
      const { code, printed } = await deploy(project, SECRETS, "--yes");
      assert.equal(code, 0, printed);
      assert.match(printed, /Still to do: Extension pg_cron is missing/);
      assert.deepEqual(Object.fromEntries(secrets), {
        OPENAI_API_KEY: "a key",
        WORKER_SECRET: "0123456789abcdef",
      });
      assert.equal(await countMigrations(database), migrationNames.length);
      assert.equal(uploads.length, 6);
    });

    await t.step("a second one applies no migration, and needs no file of secrets", async () => {
      const { printed } = await deploy(project, "", "--yes");
      assert.match(printed, /1\. apply no migration/);
      assert.match(printed, /Deployed: /);
      assert.equal(secrets.size, 2);
    });
  });
});

Deno.test("a deploy refuses new requests while it migrates, and lets them in when that fails", async () => {
  await withProject(async (project) => {
    const { database } = project;
    assert.equal((await deploy(project, SECRETS, "--yes")).code, 0);
    await inDatabase(database, async (sql) => {
      // What is there already cannot be made again.
      await sql`delete from supabase_migrations.schema_migrations`;
      await sql.unsafe(`
        create table public.switches (paused boolean);
        create function public.note_switch() returns trigger language plpgsql as $$
          begin
            insert into public.switches values (new.paused_since is not null);
            return new;
          end
        $$;
        create trigger note_switch after update on private.submit_pause
        for each row execute function public.note_switch();
      `).simple();
    });
    const { code, printed } = await deploy(project, "", "--yes");
    assert.equal(code, 1, printed);
    assert.match(printed, /New requests are accepted again/);
    await inDatabase(database, async (sql) => {
      const switches = await sql<{ paused: boolean }[]>`select paused from public.switches`;
      assert.deepEqual(switches.map(({ paused }) => paused), [true, false]);
      const paused = await sql`select from private.submit_pause where paused_since is not null`;
      assert.equal(paused.length, 0);
    });
  });
});

Deno.test("a deploy that cannot go well is not begun", async (t) => {
  await withProject(async (project) => {
    const cases: readonly [secrets: string, words: RegExp][] = [
      ["", /In the way: The secret WORKER_SECRET is missing[\s\S]*Nothing was changed/],
      ["WORKER_SECRET=short", /WORKER_SECRET/],
      ["WORKER_SECRET=0123456789abcdef\nOPENAI_KEY=x", /No settings of the functions.*OPENAI_KEY/],
    ];
    for (const [secrets, words] of cases) {
      await t.step(String(words), async () => {
        const { code, printed } = await deploy(project, secrets, "--yes");
        assert.equal(code, 1);
        assert.match(printed, words);
        assert.doesNotMatch(printed, /at file:/);
        assert.equal(project.uploads.length + project.secrets.size, 0);
      });
    }
  });
});

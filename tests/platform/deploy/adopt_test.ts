import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { FUNCTIONS } from "../../../tools/operate/deploy/bundles.ts";
import { findCollisions } from "../../../tools/operate/deploy/collisions.ts";
import { applyMigrations, migrationNames, readMigration } from "../../support/migrations.ts";
import { inDatabase } from "../../support/own_database.ts";
import { stack } from "../../support/stack.ts";
import { type App, withApp } from "../../../testing/app_folder.ts";
import { countMigrations, deploy, type Project, SECRETS, withProject } from "./deploy_command.ts";
import { withHostedDatabase } from "./hosted_database.ts";

const supabase = await installTool(stack.tools, "supabase");
const OWN = 2;

/** What the app's developers type in its folder. */
async function pushApp({ folder }: App, { database }: Project): Promise<string> {
  return await run(supabase, ["db", "push", "--yes", "--include-all", `--remote=${database}`], {
    cwd: folder,
    env: { PGSSLMODE: "disable", DO_NOT_TRACK: "1" },
  });
}

async function notes({ database }: Project): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  await inDatabase(database, async (sql) => {
    found.push(...await sql`select id, words from public.notes`);
  });
  return found.map((note) => ({ ...Object(note) }));
}

Deno.test("the backend is adopted by a project that exists, and leaves what the app has", async (t) => {
  await withProject(async (project) => {
    await withApp(async (app) => {
      await pushApp(app, project);
      project.slugs.add("hello");
      const before = await app.read();

      await t.step("without the app's folder its migrations are in the way", async () => {
        const { code, printed } = await deploy(project, SECRETS, "--yes");
        assert.equal(code, 1, printed);
        assert.match(printed, /20250101000000, 20990101000000.* with --app and its folder/);
      });
      await t.step("the plan says what comes into it, and changes nothing", async () => {
        const { code, printed } = await deploy(project, SECRETS, "--app", app.folder);
        assert.equal(code, 0, printed);
        const count = migrationNames.length;
        assert.ok(printed.includes(`2. copy ${count} migrations into ${app.folder}/supabase`));
        assert.match(printed, new RegExp(`3\\. apply ${count} migrations`));
        assert.deepEqual(await app.read(), before);
        assert.equal(await countMigrations(project.database), OWN);
      });
      await t.step("the deploy adds our migrations and functions, and nothing else", async () => {
        const { code, printed } = await deploy(project, SECRETS, "--app", app.folder, "--yes");
        assert.equal(code, 0, printed);
        const copies = Object.fromEntries(
          await Promise.all(
            migrationNames.map(async (name) =>
              [`migrations/${name}`, await readMigration(name)] as const
            ),
          ),
        );
        assert.deepEqual(await app.read(), { ...before, ...copies });
        assert.equal(await countMigrations(project.database), OWN + migrationNames.length);
        assert.deepEqual(await notes(project), [{ id: 1, words: null }]);
        assert.deepEqual(
          project.uploads.map(({ slug }) => slug).sort(),
          Object.keys(FUNCTIONS).sort(),
        );
      });
      await t.step("the app's own CLI goes on as ever", async () => {
        assert.match(await pushApp(app, project), /up to date/);
        await app.write("migrations/20990102000000_a.sql", "create table public.a (id integer);");
        const { code, printed } = await deploy(project, "", "--app", app.folder, "--yes");
        assert.equal(code, 1, printed);
        assert.match(printed, /not applied: 20990102000000\. Apply them first/);
        await pushApp(app, project);
      });
      await t.step("a later deploy has nothing to do", async () => {
        const { code, printed } = await deploy(project, "", "--app", app.folder);
        assert.equal(code, 0, printed);
        assert.match(printed, /1\. apply no migration/);
        assert.doesNotMatch(printed, /copy/);
      });
    });
  });
});

Deno.test("what an app has by our names is found before anything is changed", async () => {
  await withProject(async (project) => {
    await withApp(async (app) => {
      await pushApp(app, project);
      project.slugs.add("worker");
      await inDatabase(project.database, async (sql) => {
        await sql`create table public.tasks (id integer)`;
      });
      await app.write("functions/account/index.ts", "");
      const before = await app.read();
      const { code, printed } = await deploy(project, SECRETS, "--app", app.folder, "--yes");
      assert.equal(code, 1, printed);
      assert.match(
        printed,
        /not this backend's: function account of the app's folder, table public\.tasks, function worker\./,
      );
      assert.match(printed, /Nothing was changed/);
      assert.deepEqual(await app.read(), before);
      assert.equal(project.uploads.length + project.secrets.size, 0);
      assert.equal(await countMigrations(project.database), OWN);
    });
  });
});

Deno.test("the SQL of the page makes room, and opens a function of the app's", async () => {
  const page = await Deno.readTextFile(join(repository, "docs/adopt.md"));
  const [rename = "", grant = ""] = [...page.matchAll(/```sql\n([\s\S]*?)```/g)]
    .map(([, block = ""]) => block);
  await withHostedDatabase(async (database) => {
    await inDatabase(database, async (sql) => {
      await sql`create schema private`;
      await sql`create table public.tasks (id integer)`;
      const find = (): Promise<readonly string[]> => findCollisions((text) => sql.unsafe(text), []);
      assert.deepEqual(await find(), ["schema private", "table public.tasks"]);
      await sql.unsafe(rename).simple();
      assert.deepEqual(await find(), []);
      await applyMigrations(sql);

      await sql`create function public.your_function(text) returns text language sql return $1`;
      const mayCall = async (): Promise<unknown> => {
        const [row] = await sql`
          select has_function_privilege('authenticated', 'public.your_function(text)', 'execute') as may
        `;
        return row?.["may"];
      };
      assert.equal(await mayCall(), false);
      await sql.unsafe(grant).simple();
      assert.equal(await mayCall(), true);
    });
  });
});

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { newUser } from "../support/new_user.ts";
import { withInstalledClient } from "../support/packed_client.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { installRuntimes } from "./support/runtimes.ts";

const deno = Deno.execPath();
const here = new URL("./support/", import.meta.url).pathname;

Deno.test("the package does what it says in each runtime, and without what phones lack", async (t) => {
  await withInstalledClient(async ({ folder }) => {
    const program = join(folder, "program.mjs");
    await Deno.copyFile(join(here, "package_program.mjs"), program);
    for (const [name, [runtime, ...args]] of Object.entries(await installRuntimes())) {
      await t.step(name, async () => {
        const user = await newUser();
        const photo = `file://${join(repository, "docs/samples/photo.png")}`;
        const order = { url: stack.projectUrl, apiKey: SEED.apiKey, token: user.token, photo };
        const command = [...args, program, JSON.stringify(order)];
        const printed = await run(runtime, command, { cwd: folder });
        assert.deepEqual(JSON.parse(printed), {
          statuses: ["complete", "complete", "complete"],
          canceled: "canceled",
          refused: "invalid_request",
          pending: 0,
        });
        const tasks = await withDatabase((sql) =>
          sql<{ status: string }[]>`select status from public.tasks where user_id = ${user.id}`
        );
        assert.deepEqual(tasks.map(({ status }) => status).sort(), [
          ...["canceled", "complete", "complete", "complete"],
        ]);
      });
    }
  });
});

Deno.test("npm's and JSR's own checks find nothing", async (t) => {
  await withInstalledClient(async ({ folder, contents, tarball }) => {
    await t.step("publint", async () => {
      const args = ["run", "--quiet", "-A", "npm:publint@0.3.25", contents, "--pack", "false"];
      const printed = await run(deno, [...args, "--strict"], { cwd: folder });
      assert.match(printed, /All good!/);
    });
    await t.step("are the types wrong", async () => {
      const tool = "npm:@arethetypeswrong/cli@0.18.5";
      await run(deno, ["run", "--quiet", "-A", tool, "--profile", "esm-only", tarball]);
    });
    await t.step("JSR", async () => {
      const args = ["publish", "--quiet", "--dry-run", "--allow-dirty"];
      await run(deno, args, { cwd: join(repository, "client") });
    });
    await t.step("no dependencies, and no tests", async () => {
      const manifest = JSON.parse(await Deno.readTextFile(join(contents, "package.json")));
      assert.equal(manifest.dependencies, undefined);
      const names = [...Deno.readDirSync(contents)].map(({ name }) => name);
      assert.deepEqual(names.filter((name) => /_test|testing/.test(name)), []);
    });
  });
});

/** Most bytes of each entry, packed. */
const LIMITS = {
  "mod.ts": 8_192,
  "react/mod.ts": 3_072,
  "react_native/mod.ts": 512,
  "images/mod.ts": 3_072,
};

Deno.test("each entry is small", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [entry, limit] of Object.entries(LIMITS)) {
      await t.step(entry, async () => {
        const file = join(folder, "bundle.js");
        const args = ["bundle", "--quiet", "--minify", "--platform=browser", "--external=react"];
        await run(deno, [...args, `--output=${file}`, join(repository, "client", entry)]);
        const size = gzipSync(await Deno.readFile(file)).length;
        assert.ok(size > 100 && size <= limit, `${size} bytes`);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

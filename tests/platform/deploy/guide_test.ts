import assert from "node:assert/strict";
import { join } from "node:path";
import { foldersOf, repository } from "../../../tools/local/stack/folders.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { readSecretsFile } from "../../../tools/operate/deploy/secrets_file.ts";
import { headersOf, post, signIn } from "../../support/client.ts";
import { databaseEnvironment, stack, withDatabase } from "../../support/stack.ts";

const ACCOUNT = "# needs an account\n";

const guide = await Deno.readTextFile(join(repository, "docs/deploy.md"));
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);

/** Runs a block of the guide as it stands, but on the test stack's database instead of a linked one. */
async function runBlock(block: string, cwd: string): Promise<string> {
  const supabase = await installTool(foldersOf(stack.ports.gateway).tools, "supabase");
  const script = block
    .replaceAll("npx -y supabase@3.1.0", supabase)
    .replaceAll("--remote ", `--remote='${databaseEnvironment.DATABASE_URL}' `);
  const { success, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-ec", script],
    cwd,
    // The platform's certificate needs no setting.
    env: { DATABASE_CA: databaseEnvironment.DATABASE_CA, DO_NOT_TRACK: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert.ok(success, decoder.decode(stderr));
  return decoder.decode(stdout);
}

Deno.test("what the guide to deploy has one type works, as far as it takes no account", async (t) => {
  const [secrets = "", problems = "", key = "", ...others] = blocks.filter((block) =>
    !block.startsWith(ACCOUNT)
  );
  assert.deepEqual(others, []);

  await t.step("the file with the secrets", async () => {
    const folder = await Deno.makeTempDir();
    try {
      const example = ".env.production.example";
      await Deno.copyFile(join(repository, example), join(folder, example));
      await runBlock(secrets, folder);
      const file = await Deno.readTextFile(join(folder, ".env.production"));
      assert.match(readSecretsFile(file)["WORKER_SECRET"] ?? "", /^[0-9a-f]{48}$/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

  await t.step("what is still to do", async () => {
    assert.match(await runBlock(problems, repository), /Extension pg_cron is missing/);
  });

  await t.step("a key, which opens the API", async () => {
    const secrets = await Deno.makeTempFile();
    await Deno.writeTextFile(secrets, `DATABASE_URL=${databaseEnvironment.DATABASE_URL}\n`);
    const script = key.replace(".env.production", secrets).replace(
      "npx -y --prefer-offline deno@2.9.6",
      Deno.execPath(),
    );
    // Of the local stack, whose database this is; of another it is a live one.
    const [apiKey = ""] = /m3d_dev_\w+/.exec(await runBlock(script, repository)) ?? [];
    try {
      const { token } = await signIn();
      const status = async (apiKey: string): Promise<number> => {
        const response = await post("text-to-image", {}, headersOf(token, apiKey));
        await response.body?.cancel();
        return response.status;
      };
      // With a good key it is the empty request that is refused.
      assert.deepEqual([await status(apiKey), await status(`${apiKey}0`)], [400, 401]);
    } finally {
      await Deno.remove(secrets);
      await withDatabase((sql) =>
        sql`delete from private.api_keys where prefix = ${apiKey.slice(0, 16)}`
      );
    }
  });
});

Deno.test("the guide's commands that take an account are those of this repository", async () => {
  const commands = blocks.filter((block) => block.startsWith(ACCOUNT)).join("");
  const { tasks } = JSON.parse(await Deno.readTextFile(join(repository, "deno.json")));
  for (const [, task = ""] of commands.matchAll(/ task (\w+)/g)) assert.ok(task in tasks, task);
  for (const [, version] of guide.matchAll(/supabase@([\d.]+)/g)) {
    const tools = await Deno.readTextFile(join(repository, "tools/local/stack/tools.ts"));
    assert.ok(tools.includes(`version: "${version}", path: "bin/supabase"`), version);
  }
});

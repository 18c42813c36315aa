import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../../../tools/local/stack/folders.ts";
import { databaseEnvironment, stack, withDatabase } from "../../support/stack.ts";

const ACCOUNT = "# needs an account\n";

const page = await Deno.readTextFile(join(repository, "docs/going-public.md"));

function blocksOf(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))]
    .map(([, block = ""]) => block)
    .filter((block) => !block.startsWith(ACCOUNT));
}

/** What the page has one set, of the test stack instead of a hosted project. */
const settings = {
  SUPABASE_URL: stack.projectUrl,
  SUPABASE_PUBLISHABLE_KEY: stack.secrets.publishableKey,
  ...databaseEnvironment,
};

Deno.test("every command of the way to the public runs", async (t) => {
  const blocks = blocksOf("sh");
  assert.equal(blocks.length, 4);
  for (const block of blocks) {
    await t.step(block.trim(), async () => {
      const { code, stdout, stderr } = await new Deno.Command("sh", {
        args: ["-ec", block.replaceAll("npx -y --prefer-offline deno@2.9.6", Deno.execPath())],
        cwd: repository,
        env: { ...settings, NO_COLOR: "1" },
      }).output();
      const decoder = new TextDecoder();
      // Exit code 1 of the status: there is an alert, and it is shown.
      const isShown = block.includes("task status") && code === 1;
      assert.ok(code === 0 || isShown, decoder.decode(stderr));
      assert.match(decoder.decode(stdout), /anonymous_users|m3d_dev_|lane|"status":"ok"/);
    });
  }
});

Deno.test("every query of the way to the public runs, and finds what a local stack has", async () => {
  await withDatabase(async (sql) => {
    const answers = [];
    for (const block of blocksOf("sql")) answers.push(await sql.unsafe(block));
    assert.equal(answers.length, 3);
    assert.deepEqual([...answers[0] ?? []], [{ development_keys: "1", test_users: "3" }]);
  });
});

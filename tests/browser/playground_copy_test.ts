import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { repository } from "../../tools/local/stack/folders.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { signIn } from "../support/client.ts";
import { stack } from "../support/stack.ts";
import { completeTasksOf } from "./support/playground_tasks.ts";
import { withPlayground } from "./support/with_playground.ts";

Deno.test("what is copied for curl is the very request: a shell sends it, and it is accepted", async () => {
  const prompt = `It's a "robot" of $HOME ${crypto.randomUUID()}`;
  const command = await copied("curl", prompt);
  const { token } = await signIn();
  const { stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", command],
    env: { TOKEN: token, API_KEY: SEED.apiKey },
  }).output();
  const answer = new TextDecoder().decode(stdout);
  assert.match(answer, /"celery_task_id"/, answer + new TextDecoder().decode(stderr));
  const [task] = await completeTasksOf(prompt, 1);
  assert.equal(task?.provider, "stability");
  assert.equal(task.parameters["n"], undefined);
});

Deno.test("what is copied for the client compiles, runs, and makes the same", async () => {
  const prompt = `It's a "robot" of \`wood\` ${crypto.randomUUID()}`;
  const program = await copied("TypeScript", prompt);
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  // What an app has of its own: a user who is signed in, and its key.
  const app = `import { createClient } from "@supabase/supabase-js";
    const supabase = createClient(${JSON.stringify(stack.projectUrl)}, ${
    JSON.stringify(stack.secrets.publishableKey)
  }, { auth: { persistSession: false, autoRefreshToken: false } });
    await supabase.auth.signInWithPassword(${JSON.stringify(SEED.users[0])});
    const apiKey = ${JSON.stringify(SEED.apiKey)};\n`;
  const client = new URL(`file://${join(repository, "client/mod.ts")}`).href;
  await Deno.writeTextFile(file, app + program.replace("@makeit3d/client", client));
  try {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--check",
        "--quiet",
        "--allow-all",
        `--config=${join(repository, "deno.json")}`,
        file,
      ],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    assert.match(new TextDecoder().decode(stdout), /^http.*\/generated\//);
  } finally {
    await Deno.remove(file);
  }
  const [task, ...more] = await completeTasksOf(prompt, 1);
  assert.deepEqual([task?.operation, more.length], ["image-to-image", 0]);
});

/** Copies the request of a form with a picture. */
async function copied(language: "curl" | "TypeScript", prompt: string): Promise<string> {
  return await withPlayground(async (page: Page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Robot of wood" }).click();
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.locator("summary", { hasText: "Code for this request" }).click();
    await page.getByRole("button", { name: language, exact: true }).click();
    await page.getByRole("button", { name: `Copy as ${language}` }).click();
    await page.getByRole("status").filter({ hasText: `Copied as ${language}` }).waitFor();
    return await page.evaluate<string>("navigator.clipboard.readText()");
  }, { route: "create?operation=image-to-image&provider=stability" });
}

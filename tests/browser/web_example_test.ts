import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { run } from "../../tools/local/stack/run.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { signIn } from "../support/client.ts";
import { countTasksOf } from "../support/new_user.ts";
import { withFaults } from "../support/simulator.ts";
import { commandsOf, withExample } from "../support/with_example.ts";
import { withPage } from "./support/with_page.ts";

/** What `serve.js` puts into the script. */
const SETTINGS = `declare const SUPABASE_URL: string;
declare const SUPABASE_PUBLISHABLE_KEY: string;
declare const API_KEY: string;
`;

const CONFIG = {
  nodeModulesDir: "manual",
  compilerOptions: { checkJs: true, lib: ["dom", "dom.iterable", "esnext"] },
};

/** Serves the example by its own program while the work is done with the address that it prints. */
async function whileServed(folder: string, work: (address: string) => Promise<void>) {
  const server = new Deno.Command("node", {
    args: ["--env-file=.env", "serve.js"],
    cwd: folder,
    env: { PORT: "0" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = server.stdout.pipeThrough(new TextDecoderStream());
  try {
    const reader = lines.getReader();
    const { value = "" } = await reader.read();
    reader.releaseLock();
    await work(value.trim());
  } finally {
    server.kill();
    await lines.cancel();
    await server.status;
  }
}

async function signInOn(page: Page): Promise<void> {
  await page.fill("input[name=email]", SEED.users[1].email);
  await page.fill("input[name=password]", SEED.users[1].password);
  await page.click("#sign-in button");
  await page.waitForSelector("#signed-in:not([hidden])");
}

Deno.test("the example of a page makes a model of a photo, over a reload, and cancels", async (t) => {
  const user = await signIn(2);
  await withExample("web", async (root) => {
    const folder = join(root, "examples/web");
    const photo = join(root, "docs/samples/photo.png");
    const installs = (await commandsOf("web")).replace("npm start\n", "");
    await run("sh", ["-ec", installs], { cwd: root });

    await t.step("its script has no error of types", async () => {
      await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(CONFIG));
      await Deno.writeTextFile(join(folder, "settings.d.ts"), SETTINGS);
      const args = ["check", "--quiet", "--no-lock", "app.js", "settings.d.ts"];
      await run(Deno.execPath(), args, { cwd: folder });
    });

    await whileServed(folder, async (address) => {
      await withPage(async (page) => {
        await page.goto(address);
        await signInOn(page);
        const newest = page.locator("#models li").first();

        await t.step("a reload loses nothing", async () => {
          const before = await countTasksOf(user);
          await withFaults(
            [{ provider: "tripo", kind: "slow", times: 1, latency_ms: 4_000 }],
            async () => {
              await page.setInputFiles("#photo", photo);
              await newest.getByText("processing").waitFor();
              await page.reload();
              await newest.getByText("processing").waitFor();
              await newest.locator("a").waitFor();
            },
          );
          const model = await fetch(await newest.locator("a").getAttribute("href") ?? "");
          assert.equal(model.headers.get("content-type"), "model/gltf-binary");
          await model.body?.cancel();
          assert.equal(await countTasksOf(user), before + 1);
        });

        await t.step("its button cancels", async () => {
          await withFaults(
            [{ provider: "tripo", kind: "slow", times: 1, latency_ms: 10_000 }],
            async () => {
              await page.setInputFiles("#photo", []);
              await page.setInputFiles("#photo", photo);
              await newest.getByRole("button").click();
              await newest.getByText("Canceled, billed").waitFor();
            },
          );
        });
      });
    });
  });
});

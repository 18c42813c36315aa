import assert from "node:assert/strict";
import { join } from "node:path";
import { packClient } from "../../tools/client/pack_client.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";
import { installNode } from "../sdks/packages.ts";
import { testPorts } from "../support/test_ports.ts";

const deno = "npx -y --prefer-offline deno@2.9.6 task";

/** The README's commands that make an app's folder, on the stack of the tests. */
function commandsOf(page: string): string {
  const [, commands = ""] = /```sh\n(mkdir -p \.\.\/my-app\n[^]*?)```/.exec(page) ?? [];
  const own = `${Deno.execPath()} task --cwd ${repository}`;
  const changed = commands
    .replace(`${deno} pack-client\n`, "")
    .replace(`${deno} env --app`, `${own} env --app --port ${testPorts.shared}`)
    .replace("npm install ", "npm install --no-audit --no-fund --silent ");
  assert.ok(!changed.includes("deno@") && changed.includes("npm install"), commands);
  return changed;
}

Deno.test("the README's commands make an app beside the repository, whose programs run on Node.js 20", async (t) => {
  const page = await Deno.readTextFile(join(repository, "README.md"));
  const root = await Deno.makeTempDir();
  try {
    const clone = join(root, "clone");
    await packClient(join(clone, ".dev/client"));
    await run("bash", ["-ec", commandsOf(page)], { cwd: clone });
    const app = join(root, "my-app");
    for (const [, program = ""] of page.matchAll(/```js\n([^]*?)```/g)) {
      await t.step(program.split("\n", 1)[0] ?? "", async () => {
        await Deno.writeTextFile(join(app, "app.mjs"), program);
        const args = ["--env-file=.env", "app.mjs"];
        const lines = (await run(await installNode(20), args, { cwd: app })).trim().split("\n");
        assert.equal(lines.at(-2), "complete");
        const image = await fetch(lines.at(-1) ?? "");
        assert.equal(image.headers.get("content-type"), "image/png");
        await image.body?.cancel();
      });
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

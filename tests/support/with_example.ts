import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { packClient } from "../../tools/client/pack_client.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";
import { testPorts } from "./test_ports.ts";

const deno = "npx -y --prefer-offline deno@2.9.6 task";

/** The commands of the example's page, on the stack of the tests and with a package that is there. */
export async function commandsOf(example: string): Promise<string> {
  const page = await Deno.readTextFile(join(repository, `examples/${example}/README.md`));
  const [, commands = ""] = /```sh\n([^]*?)```/.exec(page) ?? [];
  const own = `${Deno.execPath()} task --cwd ${repository}`;
  const changed = commands
    .replace(`${deno} pack-client\n`, "")
    .replace(`${deno} env --app`, `${own} env --app --port ${testPorts.shared}`)
    .replace(/^npm (install|ci)$/m, "npm $1 --no-audit --no-fund --silent");
  assert.ok(!changed.includes("deno@") && /^(npm|npx expo) start/m.test(changed), changed);
  return changed;
}

/** The example as it is in the repository, with the package where its manifest looks for it. */
export async function withExample(
  example: string,
  work: (root: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const listed = await run("git", ["ls-files", `examples/${example}`, "docs/samples"], {
      cwd: repository,
    });
    for (const file of listed.trim().split("\n")) {
      await Deno.mkdir(join(root, dirname(file)), { recursive: true });
      await Deno.copyFile(join(repository, file), join(root, file));
    }
    await packClient(join(root, ".dev/client"));
    await work(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

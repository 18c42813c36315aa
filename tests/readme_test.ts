import assert from "node:assert/strict";
import { join } from "node:path";
import { drawImage } from "../simulators/images.ts";
import { repository } from "../tools/local/stack/folders.ts";
import { withDatabase } from "./support/stack.ts";
import { testPorts } from "./support/test_ports.ts";

/** The shell blocks of the README's section about the API, to be run in one go. */
async function scriptOfReadme(photo: string): Promise<string> {
  const readme = await Deno.readTextFile(join(repository, "README.md"));
  const section = readme.slice(readme.indexOf("## The API"), readme.indexOf("## How it works"));
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  assert.equal(blocks.length, 2);
  const script = blocks.join("\n");
  const own = `${Deno.execPath()} task env --port ${testPorts.shared}`;
  const changed = script.replace("npx -y deno@2.9.6 task env", own).replace(
    "-T photo.png",
    `-T ${photo}`,
  );
  assert.ok(changed.includes(own) && changed.includes(photo));
  return changed;
}

Deno.test("the README's requests to the API are accepted as they stand", async () => {
  const photo = await Deno.makeTempFile({ suffix: ".png" });
  try {
    const order = { width: 512, height: 512, seed: "photo", index: 0, format: "png" } as const;
    await Deno.writeFile(photo, await drawImage(order));
    const { stdout } = await new Deno.Command("sh", {
      args: ["-c", await scriptOfReadme(photo)],
      cwd: repository,
    }).output();
    const accepted = new TextDecoder().decode(stdout).match(/202 Accepted/g) ?? [];
    assert.equal(accepted.length, 2, new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(photo);
  }
});

Deno.test("without a file of one's own the README's upload says so, and nothing is asked for", async () => {
  const script = await scriptOfReadme("/no/such/photo.png");
  const { success, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", script.replaceAll(/"my-task-(\d)"/g, `"$1-${crypto.randomUUID()}"`)],
    cwd: repository,
  }).output();
  const printed = new TextDecoder().decode(stdout);
  assert.equal(success, false, printed);
  assert.match(new TextDecoder().decode(stderr), /photo\.png/);
  assert.equal(printed.match(/202 Accepted/g)?.length, 1, printed);
});

Deno.test("the README's commands for keys run as they stand", async () => {
  const readme = await Deno.readTextFile(join(repository, "README.md"));
  const section = readme.slice(readme.indexOf("## Keys and limits"), readme.indexOf("## Operate"));
  const [, block = ""] = /```sh\n([\s\S]*?)```/.exec(section) ?? [];
  const script = block.replaceAll(
    /^deno task keys (.*)$/gm,
    `${Deno.execPath()} task keys $1 --port ${testPorts.shared}`,
  );
  const { success, stdout } = await new Deno.Command("sh", {
    args: ["-ec", script],
    cwd: repository,
  }).output();
  const printed = new TextDecoder().decode(stdout);
  const [prefix = ""] = /^m3d_live_\w{7}/m.exec(printed) ?? [];
  try {
    assert.ok(success);
    // Shown once when it was made, and in the list.
    assert.ok(new RegExp(`^${prefix} .*Mobile app .*active$`, "m").test(printed), printed);
  } finally {
    await withDatabase((sql) => sql`delete from private.api_keys where prefix = ${prefix}`);
  }
});

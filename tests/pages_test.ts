import assert from "node:assert/strict";
import { join } from "node:path";
import { callsBody, killedBody } from "../tools/local/stack/control/bodies.ts";
import { repository } from "../tools/local/stack/folders.ts";
import { environmentOfRunningStack } from "../tools/local/running_stack.ts";
import { withDatabase } from "./support/stack.ts";
import { testPorts } from "./support/test_ports.ts";

async function read(path: string): Promise<string> {
  return await Deno.readTextFile(join(repository, path));
}

function blocksOf(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp("```" + language + "\\n([\\s\\S]*?)```", "g"))]
    .map(([, block = ""]) => block);
}

interface Run {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

async function runIn(folder: string, command: string, ...args: string[]): Promise<Run> {
  const env = await environmentOfRunningStack(testPorts.shared);
  const options = { args, cwd: folder, env };
  const { success, stdout, stderr } = await new Deno.Command(command, options).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { success, stdout: text(stdout), stderr: text(stderr) };
}

/** The shell blocks of docs/app.md, to be run in one go. */
async function scriptOfAppPage(): Promise<string> {
  const blocks = blocksOf(await read("docs/app.md"), "sh");
  assert.equal(blocks.length, 3);
  // A run of its own, also where it is run again.
  return onTestStack(blocks.join("\n"))
    .replaceAll(/"my-task-(\d)"/g, `"$1-${crypto.randomUUID()}"`);
}

/** The commands of a page, on the stack of the tests. */
function onTestStack(script: string): string {
  const own = `${Deno.execPath()} task env --port ${testPorts.shared}`;
  assert.match(script, /npx -y --prefer-offline deno@2\.9\.6 task env/);
  return script.replaceAll("npx -y --prefer-offline deno@2.9.6 task env", own);
}

/** Keeps two requests with one `task_id` what they are. */
function withOneId(script: string): string {
  const [first = ""] = /"1-[^"]*"/.exec(script) ?? [];
  return script.replaceAll(/"1-[^"]*"/g, first);
}

/** The README's call from an app that has these words. */
async function readmeCall(words: string): Promise<string> {
  const blocks = blocksOf(await read("README.md"), "js");
  return blocks.find((block) => block.includes(words)) ?? assert.fail(words);
}

Deno.test("the README's call by the client runs as it stands, to an image that is there", async () => {
  const file = join(repository, `.readme-${crypto.randomUUID()}.js`);
  await Deno.writeTextFile(file, await readmeCall("makeit3d.generate"));
  try {
    const { success, stdout, stderr } = await runIn(repository, Deno.execPath(), "run", "-A", file);
    assert.ok(success, stderr);
    const [address = "", status] = stdout.trim().split("\n").reverse();
    assert.equal(status, "complete");
    const image = await fetch(address);
    assert.deepEqual([image.status, image.headers.get("content-type")], [200, "image/png"]);
    await image.body?.cancel();
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("the README's call from an app runs as it stands, to an image that is there", async () => {
  const block = await readmeCall("functions.invoke");
  const file = join(repository, `.readme-${crypto.randomUUID()}.js`);
  await Deno.writeTextFile(file, block);
  try {
    const { success, stdout, stderr } = await runIn(repository, Deno.execPath(), "run", "-A", file);
    assert.ok(success, stderr);
    const lines = stdout.trim().split("\n");
    assert.equal(lines.at(-2), "complete", stdout);
    const image = await fetch(lines.at(-1) ?? "");
    assert.equal(image.headers.get("content-type"), "image/png");
    assert.ok((await image.arrayBuffer()).byteLength > 1000);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("the requests of docs/app.md run as they stand, to the end, with the sample", async () => {
  const script = withOneId(await scriptOfAppPage());
  const { success, stdout, stderr } = await runIn(repository, "sh", "-ec", script);
  assert.ok(success, stderr);
  assert.equal(stdout.match(/202 Accepted/g)?.length, 2, stdout);
  assert.match(stderr, /"status":"complete"/);
});

Deno.test("without the file the upload of docs/app.md says so, and nothing is asked for", async () => {
  const script = withOneId(await scriptOfAppPage()).replace("docs/samples/", "/no/such/");
  const { success, stdout, stderr } = await runIn(repository, "sh", "-c", script);
  assert.equal(success, false, stdout);
  assert.match(stderr, /photo\.png/);
  assert.equal(stdout.match(/202 Accepted/g)?.length, 1, stdout);
});

Deno.test("the control routes of docs/local-stack.md answer as it says", async () => {
  const block = blocksOf(await read("docs/local-stack.md"), "sh")
    .find((text) => text.includes("/_faults")) ?? "";
  const { success, stdout, stderr } = await runIn(repository, "sh", "-ec", onTestStack(block));
  assert.ok(success, stderr);
  const [ordered = "", left = "", ...rest] = stdout.split(/(?<=\})(?=\{)/);
  assert.deepEqual(JSON.parse(ordered), { provider: "openai", kind: "server_error", times: 2 });
  assert.equal(JSON.parse(left).faults.length, 1);
  assert.ok(Array.isArray(JSON.parse(rest.join("")).calls), stdout);
});

Deno.test("the control routes of the gateway in docs/local-stack.md answer as it says", async () => {
  const blocks = blocksOf(await read("docs/local-stack.md"), "sh");
  const [environment = ""] = blocks.find((text) => text.includes("/_faults"))?.split("\n") ?? [];
  const block = blocks.find((text) => text.includes("/_worker/kill")) ?? "";
  const script = onTestStack(`${environment}\n${block}`);
  const { success, stdout, stderr } = await runIn(repository, "sh", "-ec", script);
  assert.ok(success, stderr);
  const [killed = "", ...calls] = stdout.split(/(?<=\})(?=\{)/);
  killedBody.parse(JSON.parse(killed));
  callsBody.parse(JSON.parse(calls.join("")));
});

Deno.test("the commands for keys of docs/settings.md run as they stand", async () => {
  const block = blocksOf(await read("docs/settings.md"), "sh")
    .find((text) => text.includes("task keys")) ?? "";
  const script = block.replaceAll(
    /^deno task keys (.*)$/gm,
    `${Deno.execPath()} task keys $1 --port ${testPorts.shared}`,
  );
  const { success, stdout, stderr } = await runIn(repository, "sh", "-ec", script);
  const [prefix = ""] = /^m3d_\w{12}/m.exec(stdout) ?? [];
  try {
    assert.ok(success, stderr);
    // Shown once when it was made, and in the list.
    assert.ok(new RegExp(`^${prefix} .*Mobile app .*active$`, "m").test(stdout), stdout);
  } finally {
    await withDatabase((sql) => sql`delete from private.api_keys where prefix = ${prefix}`);
  }
});

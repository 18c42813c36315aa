import assert from "node:assert/strict";
import { join } from "node:path";
import { environmentOfRunningStack } from "../../tools/local/running_stack.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { stack } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";

async function read(name: string): Promise<string> {
  const response = await fetch(`${stack.functionsUrl}/generation/${name}`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain;/);
  return await response.text();
}

Deno.test("the program that language models are told first has right types and runs, to files that are there", async () => {
  const [, program = ""] = /```ts\n([^]*?)```/.exec(await read("llms.txt")) ?? [];
  // Within the project, whose import map has the client.
  const file = join(repository, `.told-${crypto.randomUUID()}.ts`);
  await Deno.writeTextFile(file, program);
  try {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--check", "-A", file],
      env: await environmentOfRunningStack(testPorts.shared),
    }).output();
    const [printed, complaints] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert.ok(success, complaints);
    assert.equal(complaints, "");
    assert.match(printed ?? "", /^complete 100$/m);
    const files = printed?.trim().split("\n").at(-1)?.split(" ") ?? [];
    const types = await Promise.all(files.map(async (url) => {
      const { body, headers } = await fetch(url);
      await body?.cancel();
      return headers.get("content-type");
    }));
    assert.deepEqual(types, ["image/png", "model/gltf-binary"]);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("the texts have the addresses of the project that is asked", async () => {
  for (const name of ["llms.txt", "llms-full.txt"]) {
    const text = await read(name);
    assert.match(text, /^# MakeIt3D\n/);
    assert.ok(text.includes(`, at ${stack.functionsUrl}\n`));
  }
  const [link = ""] = /https?:[^)]*llms-full\.txt/.exec(await read("llms.txt")) ?? [];
  const response = await fetch(link);
  assert.equal(await response.text(), await read("llms-full.txt"));
});

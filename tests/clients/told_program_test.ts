import assert from "node:assert/strict";
import { join } from "node:path";
import { environmentOfRunningStack } from "../../tools/local/running_stack.ts";
import { withInstalledClient } from "../support/packed_client.ts";
import { stack } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";
import { installNode, installSdk } from "../sdks/packages.ts";

Deno.test("the program that language models are told runs in Node.js 20 too, which has no WebSocket", async () => {
  const response = await fetch(`${stack.functionsUrl}/generation/llms.txt`);
  const [, program = ""] = /```ts\n([^]*?)```/.exec(await response.text()) ?? [];
  await withInstalledClient(async ({ folder }) => {
    await Deno.mkdir(join(folder, "node_modules/@supabase"));
    const sdk = await installSdk("@supabase/supabase-js");
    await Deno.symlink(sdk, join(folder, "node_modules/@supabase/supabase-js"));
    await Deno.writeTextFile(join(folder, "app.mjs"), program);
    const { success, stdout, stderr } = await new Deno.Command(await installNode(20), {
      args: ["app.mjs"],
      cwd: folder,
      env: await environmentOfRunningStack(testPorts.shared),
    }).output();
    const [printed, complaints] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert.ok(success, complaints);
    assert.match(printed ?? "", /^complete 100$/m);
    const files = printed?.trim().split("\n").at(-1)?.split(" ") ?? [];
    const found = await Promise.all(files.map(async (url) => {
      const { ok, body } = await fetch(url);
      await body?.cancel();
      return ok;
    }));
    assert.deepEqual(found, [true, true]);
  });
});

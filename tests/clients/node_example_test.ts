import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "../../tools/local/stack/run.ts";
import { installNode } from "../sdks/packages.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { commandsOf, withExample } from "../support/with_example.ts";
import { aPrompt } from "./support/an_app.ts";

/** Starts the program, and sends it a signal once it says something. Returns what it has said. */
async function runUntil(
  root: string,
  prompt: string,
  end?: { readonly said: string; readonly signal: Deno.Signal },
): Promise<string> {
  const photo = "../../docs/samples/photo.png";
  const child = new Deno.Command(await installNode(20), {
    args: ["--env-file=.env", "make.js", photo, prompt],
    cwd: join(root, "examples/node"),
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  let isSent = false;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (end === undefined || isSent || !text.includes(end.said)) continue;
    isSent = true;
    child.kill(end.signal);
  }
  const { success } = await child.status;
  assert.equal(success, end?.signal !== "SIGKILL", text);
  assert.equal(isSent, end !== undefined, text);
  return text;
}

/** How many tasks there are of a run, which is noted in its file. */
async function tasksOf(root: string): Promise<() => Promise<number>> {
  const { id } = JSON.parse(await Deno.readTextFile(join(root, "examples/node/run.json")));
  return async () => {
    const rows = await withDatabase((sql) =>
      sql`select from public.tasks where client_task_id like ${`${id}%`}`
    );
    return rows.length;
  };
}

Deno.test("the example for Node.js makes a model, is canceled, and goes on after it was killed", async (t) => {
  await withExample("node", async (root) => {
    await t.step("by the commands of its page, to a model that is there", async () => {
      const printed = await run("sh", ["-ec", await commandsOf("node")], { cwd: root });
      const [, address = ""] = /^model: (http.*)$/m.exec(printed) ?? [];
      const model = await fetch(address);
      assert.equal(model.headers.get("content-type"), "model/gltf-binary", printed);
      await model.body?.cancel();
    });
    await t.step("killed, it goes on, and buys nothing twice", async () => {
      const prompt = aPrompt();
      await withFaults([{ kind: "slow", times: 1, latency_ms: 3_000 }], async () => {
        await runUntil(root, prompt, { said: "openai: processing", signal: "SIGKILL" });
      });
      const countTasks = await tasksOf(root);
      const printed = await runUntil(root, "Another prompt, which is not asked for");
      assert.match(printed, /^Goes on with run\.json$[^]*^model: http/m);
      assert.deepEqual([await purchasesOf(prompt), await countTasks()], [2, 3]);
    });
    await t.step("by Ctrl-C it cancels, and the next start makes what is missing", async () => {
      const prompt = aPrompt();
      await withFaults([{ kind: "slow", times: 1, latency_ms: 5_000 }], async () => {
        const end = { said: "openai: processing", signal: "SIGINT" } as const;
        assert.match(await runUntil(root, prompt, end), /^Canceled, billed: (no|maybe|yes)\./m);
      });
      assert.match(await runUntil(root, prompt), /^model: http/m);
      const left = [...Deno.readDirSync(join(root, "examples/node"))].map(({ name }) => name);
      assert.ok(!left.includes("run.json"));
    });
  });
});

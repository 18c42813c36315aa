import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../dev/stack/folders.ts";
import { TEST_PORT } from "./support/stack.ts";

Deno.test("the README's request to the API is accepted as it stands", async () => {
  const readme = await Deno.readTextFile(join(repository, "README.md"));
  const block = /```sh\n(eval [\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const script = block.replace(
    "npx -y deno@2.9.6 task env",
    `${Deno.execPath()} task env --port ${TEST_PORT}`,
  );
  assert.notEqual(script, block);
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", script],
    cwd: repository,
  }).output();
  assert.match(new TextDecoder().decode(stdout), /202 Accepted[\s\S]*"celery_task_id"/);
});

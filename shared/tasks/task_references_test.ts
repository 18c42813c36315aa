import assert from "node:assert/strict";
import { ApiError } from "../contract/errors.ts";
import { type GenerationCommand, parseCommand } from "../generation/command.ts";
import type { CallerTasks } from "./caller_tasks.ts";
import { checkTaskReferences, withoutOthersTasks } from "./task_references.ts";

const FIELD = "draft_model_task_id";
const file = "https://project.example/storage/v1/object/public/inputs/a.glb";

/** One task of one user. */
const hers: Pick<CallerTasks, "ownsProviderTask"> = {
  ownsProviderTask: (user, task) => Promise.resolve(`${user} ${task}` === "ann hers"),
};

function refine(fields: Readonly<Record<string, unknown>>): GenerationCommand {
  return parseCommand("refine-model", {
    task_id: "task-1",
    provider: "tripo",
    input_model_asset_url: file,
    ...fields,
  });
}

Deno.test("the caller's own task is kept, and nothing is warned of", async () => {
  const command = refine({ prompt: "older", [FIELD]: "hers" });
  assert.deepEqual(await checkTaskReferences(command, "ann", hers), []);
  const { own, others } = await withoutOthersTasks({ ...command, userId: "ann" }, hers);
  assert.deepEqual(own, command.parameters);
  assert.deepEqual(others, []);
  assert.deepEqual(await checkTaskReferences(refine({ [FIELD]: "hers" }), "ann", hers), []);
});

Deno.test("a task of another user, or of nobody, is warned of and left out", async (t) => {
  const cases = [["bob", "hers"], ["ann", "his"], ["ann", "HERS"], ["ann", "../hers"]] as const;
  for (const [userId, task] of cases) {
    await t.step(`${userId} names ${task}`, async () => {
      const command = refine({ prompt: "older", [FIELD]: task, face_limit: 5_000 });
      const warnings = await checkTaskReferences(command, userId, hers);
      assert.deepEqual(warnings, [`${FIELD}: none of your tasks; ignored`]);
      const { own } = await withoutOthersTasks({ ...command, userId }, hers);
      assert.ok(!Object.hasOwn(own, FIELD));
      assert.deepEqual({ ...own, [FIELD]: task }, command.parameters);
    });
  }
});

Deno.test("what is left must be enough: a file has no prompt of its own", async () => {
  await assert.rejects(checkTaskReferences(refine({ [FIELD]: "his" }), "ann", hers), (error) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.code, "invalid_request");
    assert.deepEqual(error.details.map(({ field }) => field), ["prompt"]);
    return true;
  });
});

Deno.test("a command that names no task asks nobody", async () => {
  const tasks = { ownsProviderTask: () => Promise.reject(new Error("Asked")) };
  const words = parseCommand("text-to-model", {
    task_id: "t",
    provider: "tripo",
    prompt: "A cube",
  });
  for (const command of [refine({ prompt: "older" }), words]) {
    assert.deepEqual(await checkTaskReferences(command, "ann", tasks), []);
  }
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { operations } from "../../shared/contract/operations.ts";
import { repository } from "../../tools/local/stack/folders.ts";

/** What an app must have said and read at the end of a sample. */
const WORDS = [
  "generation/image-to-image",
  "X-API-Key",
  "task_id",
  "provider",
  ...Object.keys(operations["image-to-image"].input.shape),
  Object.keys(acceptedBody.shape).find((field) => field === "celery_task_id") ?? "",
];

Deno.test("each sample of docs/uploads.md goes on to the submit, by the fields that there are", async (t) => {
  const page = await Deno.readTextFile(join(repository, "docs/uploads.md"));
  for (const language of ["ts", "swift", "kotlin", "dart"]) {
    await t.step(language, () => {
      const [, code = ""] = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page) ?? [];
      assert.match(code, /publicUrl/i);
      assert.deepEqual(WORDS.filter((word) => word === "" || !code.includes(word)), []);
    });
  }
});

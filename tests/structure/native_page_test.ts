import assert from "node:assert/strict";
import { join } from "node:path";
import { operations } from "../../shared/contract/operations.ts";
import {
  acceptedBody,
  canceledBody,
  dryRunBody,
  statusBody,
  taskStatus,
} from "../../shared/contract/responses.ts";
import { repository } from "../../tools/local/stack/folders.ts";

/** What a sample says and reads; fields are looked up, so that one that is renamed is noticed. */
const REQUESTS = ["generation/", "?dry_run=true", "tasks/", "/status", "?wait=25"];
const HEADERS = ["X-API-Key", "Authorization", "Retry-After"];
const CODES = ["200", "202", "304", "400", "401", "404", "409", "429", "503"];
const FIELDS = [
  fieldOf(acceptedBody, "task_id"),
  fieldOf(acceptedBody, "celery_task_id"),
  fieldOf(dryRunBody, "celery_task_id"),
  fieldOf(statusBody, "status"),
  fieldOf(statusBody, "progress"),
  fieldOf(statusBody, "asset_urls"),
  fieldOf(statusBody, "error"),
  fieldOf(canceledBody, "billed"),
  fieldOf(operations["image-to-model"].input, "input_image_asset_urls"),
];
const FINAL = taskStatus.options.filter((name) => !["pending", "processing"].includes(name));

function fieldOf(body: { readonly shape: object }, name: string): string {
  assert.ok(name in body.shape, `There is no ${name} any more`);
  return name;
}

/** All blocks of a language, one after the other. */
function codeOf(page: string, language: string): string {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))]
    .map(([, code = ""]) => code)
    .join("\n");
}

Deno.test("each sample of docs/native.md has the requests, headers, codes and states of the API", async (t) => {
  const page = await Deno.readTextFile(join(repository, "docs/native.md"));
  for (const language of ["swift", "kotlin", "dart"]) {
    await t.step(language, () => {
      const code = codeOf(page, language);
      const words = [...REQUESTS, ...HEADERS, ...FIELDS, ...FINAL.map((name) => `"${name}"`)];
      const missing = words.filter((word) => !code.replaceAll("'", '"').includes(word));
      assert.deepEqual(missing, []);
      assert.match(code, /If-None-Match|IfNoneMatch/);
      assert.deepEqual(CODES.filter((number) => !new RegExp(`\\b${number}\\b`).test(code)), []);
    });
  }
});

Deno.test("each sample of docs/native.md keeps a request before it sends it", async (t) => {
  const page = await Deno.readTextFile(join(repository, "docs/native.md"));
  const begins = { swift: "func generate", kotlin: "suspend fun generate", dart: " generate(" };
  for (const [language, start] of Object.entries(begins)) {
    await t.step(language, () => {
      const code = codeOf(page, language);
      const generate = code.slice(code.indexOf(start)).split(/\n {2}\}\n/)[0] ?? "";
      const [kept, finished] = [generate.search(/keep\(pending\)/), generate.search(/finish\(/)];
      assert.ok(kept > 0 && finished > kept, generate);
    });
  }
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { operationIds } from "../../shared/contract/operations.ts";
import { providerIds, providers } from "../../shared/providers/catalog.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

const COUNTED =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:AI )?(?:providers|services)\b/i;

/** Pages that a new provider would make wrong: they count providers, or name all of them in a row. */
async function findings(page: string): Promise<string[]> {
  const text = (await Deno.readTextFile(join(repository, page))).replaceAll(/\s+/g, " ");
  const names = providerIds.map((id) => providers[id].name).join("|");
  const inARow = new RegExp(`(?:(?:${names})(?:, | and |,? or )){${providerIds.length - 2},}`);
  return [COUNTED, inARow].flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}

Deno.test("no page counts the providers, or lists them by hand", async (t) => {
  const files = await run("git", ["ls-files", "README.md", "SECURITY.md", "docs/*.md"], {
    cwd: repository,
  });
  for (const page of files.trim().split("\n").filter((file) => file !== "docs/api.md")) {
    await t.step(page, async () => assert.deepEqual(await findings(page), []));
  }
});

Deno.test("the README names the operations that there are", async () => {
  const text = await Deno.readTextFile(join(repository, "README.md"));
  const [, list = ""] = /The operations: ([^.]+)\./.exec(text) ?? [];
  const named = [...list.matchAll(/`([a-z-]+)`/g)].map(([, name = ""]) => name);
  assert.deepEqual(named.sort(), [...operationIds].sort());
});

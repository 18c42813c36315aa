import assert from "node:assert/strict";
import { join } from "node:path";
import { MakeIt3D } from "../../client/client.ts";
import type { GenerateOptions } from "../../client/options.ts";
import { FILE_FIELDS } from "../../client/requests.ts";
import { repository } from "../../tools/local/stack/folders.ts";

/** The rows of the table below these headings, each as its cells. */
async function rowsOf(...headings: readonly string[]): Promise<readonly (readonly string[])[]> {
  const page = await Deno.readTextFile(join(repository, "docs/client.md"));
  const cellsOf = (line: string): string[] =>
    line.split("|").slice(1, -1).map((cell) => cell.trim());
  const lines = page.split("\n");
  const start = lines.findIndex((line) => cellsOf(line).join() === headings.join());
  assert.ok(start >= 0, headings.join());
  const length = lines.slice(start).findIndex((line) => !line.startsWith("|"));
  return lines.slice(start + 2, start + length).map(cellsOf);
}

const codeOf = (cell = ""): string[] =>
  [...cell.matchAll(/`(\w[\w-]*)/g)].map(([, name = ""]) => name);

Deno.test("docs/client.md has each call of the client, and no other", async () => {
  const rows = await rowsOf("Call", "What it does", "Resolves with");
  const calls = Object.getOwnPropertyNames(MakeIt3D.prototype);
  assert.deepEqual(
    rows.flatMap(([call]) => codeOf(call)).sort(),
    calls.filter((name) => name !== "constructor").sort(),
  );
});

Deno.test("docs/client.md has the file fields of each operation as the client's types have them", async () => {
  const rows = await rowsOf("Operation", "File fields");
  const told = rows.map(([operation, fields]) => [codeOf(operation)[0], codeOf(fields)]);
  assert.deepEqual(Object.fromEntries(told), FILE_FIELDS);
});

Deno.test("docs/client.md has each option of a request", async () => {
  // An option that is not here, or is none, does not compile.
  const options: Readonly<Record<keyof GenerateOptions, true>> = {
    signal: true,
    onAbort: true,
    onUpload: true,
    onProblem: true,
    onUpdate: true,
    scope: true,
    taskId: true,
  };
  const rows = await rowsOf("Option", "What it is");
  assert.deepEqual(rows.flatMap(([option]) => codeOf(option)).sort(), Object.keys(options).sort());
});

import assert from "node:assert/strict";
import type { ModelListing } from "../../../shared/providers/model_list.ts";
import type { ModelNotes } from "../../../shared/tasks/model_notes.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { checkModels, type CheckModelsDependencies } from "./check_models.ts";

const there: ModelListing = { model: "new", isDefault: true, isListed: true };
const gone: ModelListing = { model: "old", isDefault: false, isListed: false };
const failed = (): Promise<never> => Promise.reject(new Error("401"));

interface Seen {
  readonly noted: readonly (readonly [provider: string, models: readonly string[]])[];
  readonly lines: readonly (readonly unknown[])[];
}

async function check(
  adapters: Parameters<typeof checkModels>[0]["adapters"],
  changes: Partial<ModelNotes> = {},
): Promise<Seen> {
  const { log, lines } = recordLog();
  const noted: [string, readonly string[]][] = [];
  const modelNotes: CheckModelsDependencies["modelNotes"] = {
    takeTurn: () => Promise.resolve(true),
    note: (provider, models) =>
      Promise.resolve(void noted.push([provider, models.map(({ model }) => model)])),
    ...changes,
  };
  await checkModels({ log, adapters, modelNotes });
  return { noted, lines: lines.map((line) => [line["event"], line["provider"], line["missing"]]) };
}

Deno.test("what each list says is kept, and what it lacks is in the log", async () => {
  const seen = await check(
    new Map([
      ["one", { findModels: () => Promise.resolve([there, gone]) }],
      ["without a list", {}],
      ["two", { findModels: () => Promise.resolve([there]) }],
    ]),
  );
  assert.deepEqual(seen.noted, [["one", ["new", "old"]], ["two", ["new"]]]);
  assert.deepEqual(seen.lines, [
    ["list of models read", "one", "old"],
    ["list of models read", "two", undefined],
  ]);
});

Deno.test("a list that cannot be read changes nothing of its provider, nor for the next", async () => {
  const seen = await check(
    new Map([
      ["one", { findModels: failed }],
      ["two", { findModels: () => Promise.resolve([there]) }],
    ]),
  );
  assert.deepEqual(seen.noted, [["two", ["new"]]]);
  assert.deepEqual(seen.lines[0], ["list of models not read", "one", undefined]);
});

Deno.test("no list is read before its time, or when another worker reads it", async () => {
  let read = 0;
  const findModels = (): Promise<readonly ModelListing[]> => {
    read++;
    return Promise.resolve([there]);
  };
  const seen = await check(new Map([["one", { findModels }]]), {
    takeTurn: () => Promise.resolve(false),
  });
  assert.deepEqual([seen.noted, read], [[], 0]);
});

Deno.test("what cannot be kept is the caller's to report", async () => {
  const adapters = new Map([["one", { findModels: () => Promise.resolve([there]) }]]);
  await assert.rejects(check(adapters, { note: failed }), /401/);
});

import assert from "node:assert/strict";
import { bytesOutput, type Output } from "../../../../shared/providers/adapter.ts";
import { files } from "../../../../testing/files.ts";
import { failureOf } from "../../../../testing/provider_failures.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import { brokenStream, bytesOf, streamOf } from "../../../../testing/streams.ts";
import { InvalidResult } from "./inspect_result.ts";
import { createSaveResults, type SaveResults } from "./save_results.ts";

type Store = Parameters<typeof createSaveResults>[0];

/** The provider has accepted the work: its results may be fetched again. */
const claim = { userId: "user", taskId: "task", handle: "job", failedAttempts: 0 };
const signal = new AbortController().signal;

/** Waits so long between tries, and no longer. */
function saver(store: Store, first: readonly number[]): SaveResults {
  return createSaveResults(store, recordLog().log, { first, further: 0 });
}

/** Says, as Storage's client does, no more than that the upload failed. */
const storage: Store = {
  save: (path, body) =>
    bytesOf(body).then(() => path, () => Promise.reject(new Error("Cannot store"))),
};

/** A PNG longer than what is looked at to tell its kind. */
const long = new Uint8Array(6_000);
long.set(files.png);

/** Breaks off behind so many bytes, a number of times. */
function breaking(length: number, times: number): Output & { readonly opened: () => number } {
  let opened = 0;
  return {
    opened: () => opened,
    open: () => {
      const isBroken = opened++ < times;
      const source = isBroken
        ? { body: brokenStream(new Error("Reset"), long.slice(0, length)), size: undefined }
        : undefined;
      return source ? Promise.resolve(source) : bytesOutput(long).open();
    },
  };
}

const PLACES = { "in its first bytes": 100, "further on": 5_000 };

Deno.test("a result that breaks off is fetched again", async (t) => {
  for (const [name, length] of Object.entries(PLACES)) {
    await t.step(name, async () => {
      const output = breaking(length, 2);
      const saved = await saver(storage, [0, 0])(claim, "image", [output], signal);
      assert.equal(saved.length, 1);
      assert.equal(output.opened(), 3);
    });
  }
});

Deno.test("a result that keeps breaking off is the provider's failure, not that of Storage", async (t) => {
  for (const [name, length] of Object.entries(PLACES)) {
    await t.step(name, async () => {
      const output = breaking(length, 9);
      const failure = await failureOf(
        saver(storage, [0, 0])(claim, "image", [output], signal),
      );
      assert.deepEqual([failure.code, failure.retryable, failure.ambiguous], [
        "provider_unavailable",
        true,
        false,
      ]);
      assert.match(failure.message, /broke off.*Reset/);
      assert.equal(output.opened(), 3);
    });
  }
});

Deno.test("a result of the wrong length is no result, and is not fetched again", async () => {
  let opened = 0;
  const output: Output = {
    open: () => {
      opened++;
      return Promise.resolve({ body: streamOf(long), size: long.length + 1 });
    },
  };
  const saved = saver(storage, [0, 0])(claim, "image", [output], signal);
  await assert.rejects(saved, InvalidResult);
  assert.equal(opened, 1);
});

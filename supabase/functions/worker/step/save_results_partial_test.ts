import assert from "node:assert/strict";
import { bytesOutput, type Output } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { files } from "../../../../testing/files.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import { bytesOf } from "../../../../testing/streams.ts";
import { InvalidResult } from "./inspect_result.ts";
import { createSaveResults } from "./save_results.ts";

const signal = new AbortController().signal;
const delays = { first: [0], further: 0 };

function failing(error: Error): Output {
  return { open: () => Promise.reject(error) };
}

const good = bytesOutput(files.png);
/** What stays none however often it is asked for. */
const BAD = {
  "no picture": bytesOutput(files.html),
  empty: bytesOutput(files.empty),
  "an address that has died": failing(new ProviderError("invalid_result", "Gone")),
};

/** Who has no more to fetch, and who has fetched in vain before. */
const CLAIMS = {
  "came with the answer": { userId: "user", taskId: "task", handle: null, failedAttempts: 0 },
  "fetched again": { userId: "user", taskId: "task", handle: "job", failedAttempts: 1 },
};

for (const [when, claim] of Object.entries(CLAIMS)) {
  Deno.test(`one that is no result among others is left out: ${when}`, async (t) => {
    for (const [name, bad] of Object.entries(BAD)) {
      await t.step(name, async () => {
        const { log, lines } = recordLog();
        const stored: string[] = [];
        const save = createSaveResults(
          {
            save: async (path, body) => {
              await bytesOf(body);
              stored.push(path);
              return path;
            },
          },
          log,
          delays,
        );
        const kept = ["user/concepts/task/1.png", "user/concepts/task/3.png"];
        const saved = await save(claim, "image", [bad, good, bad, good], signal);
        assert.deepEqual(saved.map(({ url }) => url), kept);
        assert.deepEqual(stored, kept);
        assert.deepEqual(lines.map(({ event, path }) => [event, path]), [
          ["result left out", "user/concepts/task/0"],
          ["result left out", "user/concepts/task/2"],
        ]);
      });
    }
  });
}

Deno.test("what may still be fetched again is not left out at once", async () => {
  const { log } = recordLog();
  const save = createSaveResults({ save: (path) => Promise.resolve(path) }, log, delays);
  const claim = { ...CLAIMS["fetched again"], failedAttempts: 0 };
  await assert.rejects(save(claim, "image", [good, BAD.empty], signal), InvalidResult);
});

Deno.test("where each is no result there is none, and the first says why", async () => {
  const { log } = recordLog();
  const save = createSaveResults({ save: (path) => Promise.resolve(path) }, log, delays);
  const outputs = [BAD.empty, BAD["an address that has died"]];
  const saved = save(CLAIMS["came with the answer"], "image", outputs, signal);
  await assert.rejects(saved, InvalidResult);
});

Deno.test("a result that cannot be had now is not left out", async () => {
  const { log } = recordLog();
  const save = createSaveResults({ save: (path) => Promise.resolve(path) }, log, delays);
  const away = failing(new ProviderError("provider_unavailable", "Away"));
  const saved = save(CLAIMS["fetched again"], "image", [good, away], signal);
  await assert.rejects(saved, { code: "provider_unavailable" });
});

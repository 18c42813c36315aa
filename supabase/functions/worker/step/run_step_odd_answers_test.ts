import assert from "node:assert/strict";
import { findOperation } from "../../../../shared/providers/catalog.ts";
import { redactShapes } from "../../../../shared/redact.ts";
import type { AssetStore } from "../../../../shared/storage/asset_store.ts";
import { settlementOf } from "../../../../shared/tasks/settlement.ts";
import type { Outcome } from "../../../../shared/tasks/task.ts";
import { aClaim } from "../../../../testing/claims.ts";
import {
  claimOf,
  type DocumentedAnswer,
  goodAnswers,
  refusals,
} from "../../../../testing/documented_answers.ts";
import { files } from "../../../../testing/files.ts";
import { aPicture } from "../../../../testing/input_files.ts";
import { ODD_HEADERS, ODD_VALUES, placesOf, withOdd } from "../../../../testing/odd_values.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import { withServer } from "../../../../testing/serve.ts";
import { adapterAt } from "../../../../testing/simulated_provider.ts";
import { bytesOf } from "../../../../testing/streams.ts";
import { assertInBounds } from "../../../../testing/settlement_bounds.ts";
import { runStep } from "./run_step.ts";
import { createSavePreview } from "./save_preview.ts";
import { createSaveResults } from "./save_results.ts";

const picture = await aPicture();

/** Those that a provider sends, and that are read of any answer. */
const HEADERS = [
  "retry-after",
  "retry-after-ms",
  "x-ratelimit-reset",
  "x-ratelimit-limit-images",
  "x-ratelimit-remaining-images",
  "x-ratelimit-reset-images",
  "x-request-id",
  "x-recraft-requestid",
  "x-tripo-trace-id",
  "finish-reason",
];

/** What a body of null stands for: the result itself. */
const FILE = JSON.stringify(null);

interface Answer {
  readonly body: string;
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** One step of a task whose provider gives this answer, to be asked for as often as wanted. */
async function withProviderOf(
  documented: (at: string) => DocumentedAnswer,
  test: (
    answer: DocumentedAnswer,
    run: (given: Answer) => Promise<Outcome>,
  ) => Promise<void>,
): Promise<void> {
  let given: Answer = { body: "" };
  const answer = (request: Request): Response => {
    const { pathname } = new URL(request.url);
    const { body, status = 200, headers = {} } = given;
    if (pathname === "/file.png") return new Response(files.png);
    if (pathname === "/file.glb") return new Response(files.glb);
    if (body === FILE) return new Response(files.png, { headers });
    return new Response(body, {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
  };
  await withServer(answer, async (address) => {
    const about = documented(address);
    const { provider, operation } = about;
    const claim = aClaim({
      ...claimOf(about),
      parameters: findOperation(provider, operation)?.example,
    });
    await test(about, async (next) => {
      given = next;
      const store: Pick<AssetStore, "save"> = {
        save: async (path, body) => `${path} ${(await bytesOf(body)).length}`,
      };
      return await runStep(claim, new AbortController().signal, {
        findAdapter: () => adapterAt(provider, address),
        saveResults: createSaveResults(store, recordLog().log, { first: [], further: 0 }),
        savePreview: createSavePreview(store, recordLog().log),
        ownParameters: ({ parameters }) => Promise.resolve(parameters),
        readInput: () => Promise.resolve(picture),
        endUser: () => "somebody",
        reserveMemory: () => Promise.resolve(),
        markCallSent: () => Promise.resolve(),
        random: () => 0.5,
      });
    });
  });
}

/** What must stay as it is, whatever a detail says. */
function resultOf(outcome: Outcome): unknown {
  if (outcome.kind === "complete") return outcome.assetUrls;
  if (outcome.kind !== "snooze") return outcome;
  // The service's own name of a job is in its polling URL, too.
  return outcome.handle.replace(/"id":"[^"]*",/, "");
}

function* oddAnswers(
  { body, needed, headers, status }: DocumentedAnswer,
): Generator<readonly [name: string, answer: Answer]> {
  for (const place of placesOf(body)) {
    if (needed.includes(place)) continue;
    for (const [name, value] of Object.entries(ODD_VALUES)) {
      yield [`${place}: ${name}`, { body: withOdd(body, place, value), headers, status }];
    }
  }
  for (const header of HEADERS) {
    for (const [name, value] of Object.entries(ODD_HEADERS)) {
      const { [header]: _, ...others } = headers ?? {};
      const changed = { ...others, ...(value !== undefined && { [header]: value }) };
      yield [`${header}: ${name}`, { body: JSON.stringify(body), headers: changed, status }];
    }
  }
}

for (const name of Object.keys(goodAnswers(""))) {
  Deno.test(`${name}: an odd detail costs no result`, async () => {
    await withProviderOf((at) => found(goodAnswers(at)[name]), async (about, run) => {
      const { body, headers } = about;
      const usual = await run({ body: JSON.stringify(body), headers });
      assert.ok(["complete", "snooze"].includes(usual.kind), JSON.stringify(usual));
      const lost: string[] = [];
      for (const [place, answer] of oddAnswers(about)) {
        const outcome = await run(answer);
        assertInBounds(settlementOf(outcome, redactShapes), place);
        const isKept = outcome.kind === usual.kind &&
          JSON.stringify(resultOf(outcome)) === JSON.stringify(resultOf(usual));
        if (!isKept) lost.push(`${place} -> ${JSON.stringify(outcome).slice(0, 200)}`);
      }
      assert.deepEqual(lost, []);
    });
  });
}

for (const name of Object.keys(refusals(""))) {
  Deno.test(`${name}: an odd detail is no mistake of ours`, async () => {
    await withProviderOf((at) => found(refusals(at)[name]), async (about, run) => {
      for (const [place, answer] of oddAnswers(about)) {
        const outcome = await run(answer);
        assertInBounds(settlementOf(outcome, redactShapes), place);
        const code = outcome.kind === "failure" ? outcome.errorCode : outcome.kind;
        assert.notEqual(code, "internal", `${place} -> ${JSON.stringify(outcome).slice(0, 300)}`);
        if (outcome.kind === "failure") assert.ok(outcome.delaySeconds <= 900, place);
      }
    });
  });
}

function found(answer: DocumentedAnswer | undefined): DocumentedAnswer {
  assert.ok(answer);
  return answer;
}

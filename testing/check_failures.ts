import assert from "node:assert/strict";
import type { OperationId } from "../shared/contract/operations.ts";
import { findOperation, type ProviderId, providers } from "../shared/providers/catalog.ts";
import type { AssetStore } from "../shared/storage/asset_store.ts";
import type { Claim, Outcome } from "../shared/tasks/task.ts";
import { orderFault, readCalls } from "../simulators/testing.ts";
import { runStep } from "../supabase/functions/worker/step/run_step.ts";
import { createSaveResults } from "../supabase/functions/worker/step/save_results.ts";
import { aClaim } from "./claims.ts";
import type { Ending, FailureTable, Provocation } from "./failure_table.ts";
import { aModel, aPicture } from "./input_files.ts";
import { closedUrl, withHangUp } from "./serve.ts";
import { settled } from "./settled.ts";
import { adapterAt, API_KEY, withProvider } from "./simulated_provider.ts";
import { recordLog } from "./recorded_log.ts";
import { bytesOf } from "./streams.ts";

const picture = await aPicture();
const model = await aModel();

/** No attempt is left after this many. */
const ATTEMPTS_BEFORE_LAST = 3;

/** Declares a test for each row of a provider's table, with a step for each thing that provokes it. */
export function checkFailures(provider: ProviderId, { operation, rows }: FailureTable): void {
  for (const { row, by, endings } of rows) {
    Deno.test(`${providers[provider].name}: ${row}`, async (t) => {
      for (const [words, provocation] of Object.entries(by)) {
        for (const [attempt, ending] of Object.entries(endings)) {
          await t.step(`${words}, ${attempt} attempt`, async () => {
            const asked = { provider, operation, ...provocation };
            const failedAttempts = attempt === "last" ? ATTEMPTS_BEFORE_LAST : 0;
            await check(asked, failedAttempts, ending);
          });
        }
      }
    });
  }
}

interface Asked extends Provocation {
  readonly provider: ProviderId;
  readonly operation: OperationId;
}

async function check(
  asked: Asked,
  failedAttempts: number,
  { afterSeconds = 0, pauseScope, ...expected }: Ending,
): Promise<void> {
  const controller = new AbortController();
  const { fault, step = "submit", purchases = step === "look" ? 1 : 0 } = asked;
  const isHeld = fault?.kind === "timeout" || fault?.kind === "stuck";
  let isUnderTest = step === "submit";
  await withProvider(asked.provider, {
    model: asked.model,
    jobSeconds: asked.jobSeconds,
    onWait: () => isUnderTest && isHeld && controller.abort(),
    intercept: (request) => isUnderTest ? asked.answer?.(request) : undefined,
  }, async ({ app, clock, address }) => {
    const run = runner(asked, controller.signal);
    let claim = claimOf(asked);
    if (step === "look") {
      const acceptedSecondsAgo = asked.secondsPassed ?? 0;
      claim = { ...claim, acceptedSecondsAgo, handle: handleOf(await run(claim, address)) };
      clock.pass(acceptedSecondsAgo * 1_000);
      isUnderTest = true;
    }
    if (fault) await orderFault(app, asked.provider, fault);
    const outcome = await underCondition(asked, address, (reached) => {
      const handle = claim.handle?.replaceAll(address, reached) ?? null;
      return run({ ...claim, handle, failedAttempts }, reached);
    });
    const found = {
      ...settled({ ...claim, failedAttempts }, outcome),
      ...(outcome.kind === "failure" && { errorCode: outcome.errorCode }),
      purchases: (await readCalls(app)).length,
    };
    assert.deepEqual(found, { ...expected, purchases }, JSON.stringify(outcome));
    assert.ok(delayOf(outcome) >= afterSeconds, `Again after ${delayOf(outcome)} s`);
    if (pauseScope) assert.equal(outcome.kind === "failure" && outcome.pauseScope, pauseScope);
    assert.ok(!JSON.stringify(outcome).includes(API_KEY), "Tells our key");
  });
}

function claimOf({ provider, operation, parameters }: Asked): Claim {
  return aClaim({
    provider,
    operation,
    parameters: { ...findOperation(provider, operation)?.example, ...parameters },
  });
}

function runner(
  { provider, model: chosen }: Asked,
  signal: AbortSignal,
): (claim: Claim, address: string) => Promise<Outcome> {
  // Storage keeps everything, once it has read it to its end.
  const save: AssetStore["save"] = async (path, body) => `${path} ${(await bytesOf(body)).length}`;
  return (claim, address) =>
    runStep(claim, signal, {
      findAdapter: () => adapterAt(provider, address, chosen),
      saveResults: createSaveResults({ save }, recordLog().log, { first: [], further: 0 }),
      savePreview: () => Promise.resolve(undefined),
      ownParameters: ({ parameters }) => Promise.resolve(parameters),
      readInput: (_, __, kind) => Promise.resolve(kind === "image" ? picture : model),
      endUser: () => "somebody",
      reserveMemory: () => Promise.resolve(),
      markCallSent: () => Promise.resolve(),
      random: () => 0.5,
    });
}

async function underCondition(
  { connection }: Asked,
  address: string,
  run: (reached: string) => Promise<Outcome>,
): Promise<Outcome> {
  if (connection === undefined) return await run(address);
  if (connection === "refused") return await run(closedUrl());
  let outcome: Outcome | undefined;
  await withHangUp(async (reached) => void (outcome = await run(reached)));
  assert.ok(outcome);
  return outcome;
}

function handleOf(outcome: Outcome): string {
  assert.equal(outcome.kind, "snooze", JSON.stringify(outcome));
  return outcome.handle;
}

function delayOf(outcome: Outcome): number {
  return "delaySeconds" in outcome ? outcome.delaySeconds : 0;
}

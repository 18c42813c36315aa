import {
  type AssetKind,
  isOperationId,
  type OperationId,
  operations,
} from "../../../../shared/contract/operations.ts";
import type {
  Adapter,
  Progress,
  ReserveMemory,
  Running,
  Succeeded,
} from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import {
  boundedDelay,
  boundedPercentage,
  MAX_HANDLE_LENGTH,
  MAX_POLL_DELAY_SECONDS,
} from "../../../../shared/providers/bounds.ts";
import type { Claim, LostCall, Outcome } from "../../../../shared/tasks/task.ts";
import { callSeed } from "./call_seed.ts";
import { failureOf, failureToSave, impossible } from "./failure.ts";
import { IsolateEndsTooSoon } from "./mark_call_sent.ts";
import type { ReadInput } from "./read_input.ts";
import type { SavePreview } from "./save_preview.ts";
import type { SaveResults } from "./save_results.ts";
import { resultsOf } from "./results_of.ts";
import { resultWarnings } from "./result_warnings.ts";

export interface StepDependencies {
  findAdapter(provider: string): Adapter | undefined;
  saveResults: SaveResults;
  savePreview: SavePreview;
  /** The parameters of a task without references to other users' tasks. */
  ownParameters(claim: Claim): Promise<unknown>;
  readInput: ReadInput;
  /** A pseudonym of the user for the provider. */
  endUser(userId: string): string;
  /** Records that the billable request is sent next. Throws if it must not be sent. */
  markCallSent(claim: Claim, signal: AbortSignal, mark?: string): Promise<void>;
  /** Held until the step has ended. */
  reserveMemory: ReserveMemory;
  random(): number;
}

/**
 * Runs one step of a task and reports its outcome. Calls the provider once: to submit the work, to
 * poll it if the provider has accepted it, or to look for a submit whose answer was lost. Never throws, and writes nothing but result files.
 *
 * @param signal Ends the step when the task is lost or its deadline has come.
 */
export async function runStep(
  claim: Claim,
  signal: AbortSignal,
  dependencies: StepDependencies,
): Promise<Outcome> {
  const { operation, provider, handle, lostCall } = claim;
  const adapter = dependencies.findAdapter(provider);
  if (!adapter) {
    // The operator may put the key back, and accepted work is paid.
    const failure = new ProviderError("provider_auth", `No key for provider ${provider}`);
    return failureOf(failure, claim, signal, dependencies.random);
  }
  if (!isOperationId(operation)) return impossible(`Unknown operation ${operation}`);
  try {
    if (lostCall) return await look(adapter, lostCall, signal);
    const progress = handle === null
      ? await submit(adapter, operation, claim, signal, dependencies)
      : await poll(adapter, handle, claim, signal);
    if (!progress) return impossible(`${provider} has no call for ${operation}`);
    if (progress.state === "succeeded") {
      // Nobody waits for the result, which has cost what it has cost.
      if (claim.isGivenUp) return { kind: "complete", assetUrls: [], call: progress.call };
      return await save(claim, operations[operation].output, progress, signal, dependencies);
    }
    return snooze(progress);
  } catch (error) {
    if (error instanceof IsolateEndsTooSoon) return { kind: "release" };
    return failureOf(error, claim, signal, dependencies.random);
  }
}

function snooze({ handle, pollAfterSeconds, progress, call }: Running): Outcome {
  if (handle.length > MAX_HANDLE_LENGTH) {
    const message = `A handle of ${handle.length} characters`;
    throw new ProviderError("invalid_result", message, { ambiguous: true });
  }
  return {
    kind: "snooze",
    handle,
    delaySeconds: boundedDelay(pollAfterSeconds, MAX_POLL_DELAY_SECONDS),
    progress: boundedPercentage(progress),
    call,
  };
}

/** Found, the work goes on as if its answer had come. */
async function look(
  adapter: Adapter,
  { mark, sentSecondsAgo }: LostCall,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await adapter.findLost?.(mark, { signal, sentSecondsAgo });
  return found ? snooze(found) : { kind: "not_found" };
}

/** Undefined if the adapter has no call for the operation. */
async function submit(
  adapter: Adapter,
  operation: OperationId,
  claim: Claim,
  signal: AbortSignal,
  { readInput, endUser, markCallSent, ownParameters, reserveMemory }: StepDependencies,
): Promise<Progress | undefined> {
  const call = adapter.submit[operation];
  if (!call) return undefined;
  return await call(await ownParameters(claim), {
    signal,
    readAsset: (url, kind) => readInput(claim, url, kind),
    reserveMemory,
    endUser: endUser(claim.userId),
    seed: callSeed(claim),
    markSent: (mark) => markCallSent(claim, signal, mark),
  });
}

/** Undefined if the adapter cannot poll. */
async function poll(
  adapter: Adapter,
  handle: string,
  { acceptedSecondsAgo }: Claim,
  signal: AbortSignal,
): Promise<Progress | undefined> {
  return await adapter.poll?.(handle, { signal, ageSeconds: acceptedSecondsAgo ?? 0 });
}

async function save(
  claim: Claim,
  kind: AssetKind,
  { outputs, preview, making, call }: Succeeded,
  signal: AbortSignal,
  dependencies: StepDependencies,
): Promise<Outcome> {
  try {
    const stored = await dependencies.saveResults(claim, kind, outputs, signal);
    const assetUrls = stored.map(({ url }) => url);
    const warnings = resultWarnings(claim.parameters, assetUrls);
    const previewUrl = await dependencies.savePreview(claim, preview, signal);
    const results = resultsOf(claim.parameters, { stored, previewUrl, making });
    return { kind: "complete", assetUrls, results, ...(warnings && { warnings }), call };
  } catch (error) {
    const failure = failureToSave(error);
    const outcome = {
      ...failureOf(failure, claim, signal, dependencies.random, call),
      // What breaks off then does so because of it.
      isOwnCut: signal.aborted,
    };
    const isLost = failure.code === "storage_failed" && claim.handle === null;
    // Paid for, and the provider has it no more: to submit it again would pay again.
    return isLost ? { ...outcome, isBilled: true, isRetryable: false } : outcome;
  }
}

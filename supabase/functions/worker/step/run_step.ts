import {
  type AssetKind,
  isOperationId,
  operations,
} from "../../../../shared/contract/operations.ts";
import type {
  Adapter,
  Asset,
  CallRecord,
  Progress,
  Succeeded,
} from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { CallOutcome, Claim, Outcome } from "../../../../shared/tasks/task.ts";
import { isWorthAnother, retryDelaySeconds } from "./retry_policy.ts";
import { InvalidResult } from "./inspect_result.ts";
import type { SaveResults } from "./save_results.ts";

export interface StepDependencies {
  findAdapter(provider: string): Adapter | undefined;
  saveResults: SaveResults;
  /** The parameters of a task without references to other users' tasks. */
  ownParameters(claim: Claim): Promise<unknown>;
  readAsset(url: string, kind: AssetKind): Promise<Asset>;
  /** A pseudonym of the user for the provider. */
  endUser(userId: string): string;
  /** Records that the billable request is sent next. Throws if it must not be sent. */
  markCallSent(claim: Claim, signal: AbortSignal): Promise<void>;
  random(): number;
  now(): Date;
}

/**
 * Moves one task one step and says what should become of it. Asks the provider once: to do the work,
 * or how far it is if it has accepted it. Never throws, and writes nothing but result files.
 *
 * @param signal Ends the step when the task is lost or its deadline has come.
 */
export async function runStep(
  claim: Claim,
  signal: AbortSignal,
  dependencies: StepDependencies,
): Promise<Outcome> {
  const { operation, provider } = claim;
  const adapter = dependencies.findAdapter(provider);
  if (!adapter) {
    // Somebody may put the key back, and what has been accepted is paid.
    const failure = new ProviderError("provider_auth", `No key for provider ${provider}`);
    return outcomeOfFailure(failure, claim, dependencies);
  }
  if (!isOperationId(operation)) {
    return refuseWork(claim, `Unknown operation ${operation}`);
  }
  try {
    const ask = chooseCall(adapter, claim, signal, dependencies);
    if (!ask) return refuseWork(claim, `${provider} has no call for ${operation}`);
    const progress = await ask();
    if (progress.state === "succeeded") {
      return await save(claim, operations[operation].output, progress, signal, dependencies);
    }
    const { handle, pollAfterSeconds, call } = progress;
    return {
      kind: "snooze",
      handle,
      delaySeconds: pollAfterSeconds,
      progress: percentage(progress.progress),
      call,
    };
  } catch (error) {
    return outcomeOfFailure(error, claim, dependencies);
  }
}

/** A whole number, as the row keeps it, whatever a provider makes of it. */
function percentage(progress: number | undefined): number | undefined {
  if (progress === undefined || Number.isNaN(progress)) return undefined;
  return Math.round(Math.min(100, Math.max(0, progress)));
}

/** The one call of this step; undefined if the adapter has none for it. */
function chooseCall(
  { submit, poll }: Adapter,
  claim: Claim,
  signal: AbortSignal,
  { readAsset, endUser, markCallSent, now, ownParameters }: StepDependencies,
): (() => Promise<Progress>) | undefined {
  const { operation, handle, acceptedAt, userId } = claim;
  if (handle !== null) {
    const ageSeconds = acceptedAt ? (now().getTime() - acceptedAt.getTime()) / 1000 : 0;
    return poll && (() => poll(handle, { signal, ageSeconds }));
  }
  const call = isOperationId(operation) ? submit[operation] : undefined;
  const context = {
    signal,
    readAsset,
    endUser: endUser(userId),
    markSent: () => markCallSent(claim, signal),
  };
  return call && (async () => await call(await ownParameters(claim), context));
}

async function save(
  claim: Claim,
  kind: AssetKind,
  { outputs, call }: Succeeded,
  signal: AbortSignal,
  dependencies: StepDependencies,
): Promise<Outcome> {
  try {
    const assetUrls = await dependencies.saveResults(claim, kind, outputs, signal);
    return { kind: "complete", assetUrls, call: { outcome: "succeeded", ...call } };
  } catch (error) {
    if (error instanceof InvalidResult) {
      const failure = new ProviderError("invalid_result", error.message, { ambiguous: true });
      return outcomeOfFailure(failure, claim, dependencies, call);
    }
    const failure = error instanceof ProviderError
      ? error
      : new ProviderError("storage_failed", wordsOf(error), { cause: error });
    const isLost = failure.code === "storage_failed" && claim.handle === null;
    if (!isLost) return outcomeOfFailure(failure, claim, dependencies, call);
    // Paid for, and the provider has it no more: doing it again would pay again.
    return fail("storage_failed", failure.message, { outcome: "succeeded", ...call });
  }
}

function outcomeOfFailure(
  error: unknown,
  claim: Claim,
  { random, now }: StepDependencies,
  record: CallRecord = {},
): Outcome {
  const isPoll = claim.handle !== null;
  if (!(error instanceof ProviderError)) {
    return fail("internal", wordsOf(error), { outcome: "ambiguous" });
  }
  const { code, message, retryAfterSeconds, providerRequestId } = error;
  const known = {
    ...record,
    ...(providerRequestId !== undefined && { providerRequestId }),
    ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
  };
  const attempts = claim.failedAttempts + 1;
  if (!isWorthAnother(error, attempts, isPoll)) {
    return fail(code, message, { ...known, outcome: finalOutcome(error, isPoll) });
  }
  const delay = retryDelaySeconds(attempts, retryAfterSeconds, random());
  // Later than its deadline the task is not to be looked at again.
  const secondsLeft = Math.max(0, (claim.deadline.getTime() - now().getTime()) / 1000);
  return {
    kind: "retry",
    errorCode: code,
    detail: message,
    delaySeconds: Math.min(delay, secondsLeft),
    // A poll that fails says nothing of the work.
    call: isPoll ? known : { ...known, outcome: error.ambiguous ? "ambiguous" : "failed" },
  };
}

/** With which providers end work themselves, and charge nothing. */
const ENDED_BY_PROVIDER = ["content_refused", "invalid_input", "provider_unavailable"];

/** What the ledger is told at the end: work that was accepted and is given up by us may be billed. */
function finalOutcome(
  { code, ambiguous }: ProviderError,
  isPoll: boolean,
): "failed" | "ambiguous" {
  const isGivenUp = isPoll && !ENDED_BY_PROVIDER.includes(code);
  return ambiguous || isGivenUp ? "ambiguous" : "failed";
}

/** Work that cannot even be asked for. */
function refuseWork({ handle }: Claim, detail: string): Outcome {
  return fail("internal", detail, { outcome: handle === null ? "failed" : "ambiguous" });
}

function fail(
  errorCode: (Outcome & { kind: "fail" })["errorCode"],
  detail: string,
  call: CallOutcome,
): Outcome {
  return { kind: "fail", errorCode, detail, call };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

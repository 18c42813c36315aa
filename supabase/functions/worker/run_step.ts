import { isOperationId, operations } from "../../../shared/contract/operations.ts";
import type { Adapter, Asset, CallRecord, Generation } from "../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../shared/providers/provider_error.ts";
import type { CallOutcome, Claim, Outcome } from "../../../shared/tasks/task.ts";
import { MAX_ATTEMPTS, retryDelaySeconds } from "./retry_policy.ts";
import { InvalidResult, type SaveResults } from "./save_results.ts";

export interface StepDependencies {
  findAdapter(provider: string): Adapter | undefined;
  saveResults: SaveResults;
  readAsset(address: string): Promise<Asset>;
  /** A pseudonym of the user for the provider. */
  endUser(userId: string): string;
  random(): number;
  now(): Date;
}

/**
 * Moves one task one step and says what should become of it. Asks the provider once. Never throws,
 * and writes nothing but result files.
 *
 * @param signal Ends the step when the task is lost or its deadline has come.
 */
export async function runStep(
  claim: Claim,
  signal: AbortSignal,
  dependencies: StepDependencies,
): Promise<Outcome> {
  const { readAsset } = dependencies;
  const { operation, provider, parameters, userId } = claim;
  const adapter = dependencies.findAdapter(provider);
  if (!adapter) {
    return fail("provider_auth", `No key for provider ${provider}`, { outcome: "failed" });
  }
  if (!isOperationId(operation)) {
    return fail("internal", `Unknown operation ${operation}`, { outcome: "failed" });
  }
  let generation: Generation;
  try {
    const endUser = dependencies.endUser(userId);
    generation = await adapter.generate(operation, parameters, { signal, endUser, readAsset });
  } catch (error) {
    return outcomeOfFailure(error, claim, dependencies);
  }
  return await save(claim, operations[operation].output, generation, signal, dependencies);
}

async function save(
  claim: Claim,
  kind: "image" | "model",
  { outputs, call }: Generation,
  signal: AbortSignal,
  dependencies: StepDependencies,
): Promise<Outcome> {
  try {
    const assetUrls = await dependencies.saveResults(claim, kind, outputs, signal);
    return { kind: "complete", assetUrls, call: { outcome: "succeeded", ...call } };
  } catch (error) {
    if (error instanceof InvalidResult) {
      const failure = new ProviderError("invalid_result", error.message, { outcomeUnknown: true });
      return outcomeOfFailure(failure, claim, dependencies, call);
    }
    // Paid for, and lost: doing it again would pay again, so that is for the user to decide.
    return fail("storage_failed", wordsOf(error), { outcome: "succeeded", ...call });
  }
}

function outcomeOfFailure(
  error: unknown,
  { failedAttempts, deadline }: Claim,
  { random, now }: StepDependencies,
  record?: CallRecord,
): Outcome {
  if (!(error instanceof ProviderError)) {
    return fail("internal", wordsOf(error), { outcome: "unknown" });
  }
  const { code, message, retryable, retryAfterSeconds, outcomeUnknown, providerRequestId } = error;
  const outcome = outcomeUnknown ? "unknown" : "failed";
  const call: CallOutcome = { outcome, providerRequestId, ...record };
  const attempts = failedAttempts + 1;
  if (!retryable || attempts >= MAX_ATTEMPTS) return fail(code, message, call);

  const delay = retryDelaySeconds(attempts, retryAfterSeconds, random());
  // Later than its deadline the task is not to be looked at again.
  const secondsLeft = Math.max(0, (deadline.getTime() - now().getTime()) / 1000);
  const delaySeconds = Math.min(delay, secondsLeft);
  return { kind: "retry", errorCode: code, detail: message, delaySeconds, call };
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

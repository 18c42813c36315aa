import { operations } from "../../../shared/contract/operations.ts";
import type { Adapter, CallRecord, Generation } from "../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../shared/providers/provider_error.ts";
import type { CallOutcome, Claim, Outcome } from "../../../shared/tasks/task.ts";
import { MAX_ATTEMPTS, retryDelaySeconds } from "./retry_policy.ts";
import { InvalidResult, type SaveResults } from "./save_results.ts";

export interface StepDependencies {
  findAdapter(provider: string): Adapter | undefined;
  saveResults: SaveResults;
  /** A pseudonym of the user for the provider. */
  endUser(userId: string): string;
  random(): number;
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
  const adapter = dependencies.findAdapter(claim.provider);
  if (!adapter) {
    return fail("provider_auth", `No key for provider ${claim.provider}`, { outcome: "failed" });
  }
  let generation: Generation;
  try {
    generation = await adapter.generate(claim.operation, claim.parameters, {
      signal,
      endUser: dependencies.endUser(claim.userId),
    });
  } catch (error) {
    return outcomeOfFailure(error, claim, dependencies.random());
  }
  return await save(claim, generation, signal, dependencies);
}

async function save(
  claim: Claim,
  { outputs, call }: Generation,
  signal: AbortSignal,
  { saveResults, random }: StepDependencies,
): Promise<Outcome> {
  const kind = operations[claim.operation].output;
  try {
    const assetUrls = await saveResults(claim, kind, outputs, signal);
    return { kind: "complete", assetUrls, call: { outcome: "succeeded", ...call } };
  } catch (error) {
    if (error instanceof InvalidResult) {
      const failure = new ProviderError("invalid_result", error.message, { outcomeUnknown: true });
      return outcomeOfFailure(failure, claim, random(), call);
    }
    // Paid for, and lost: doing it again would pay again, so that is for the user to decide.
    return fail("storage_failed", wordsOf(error), { outcome: "succeeded", ...call });
  }
}

function outcomeOfFailure(
  error: unknown,
  { failedAttempts }: Claim,
  random: number,
  record?: CallRecord,
): Outcome {
  if (!(error instanceof ProviderError)) {
    return fail("internal", wordsOf(error), { outcome: "unknown" });
  }
  const { code, message, retryable, retryAfterSeconds, providerRequestId } = error;
  const call: CallOutcome = {
    outcome: error.outcomeUnknown ? "unknown" : "failed",
    providerRequestId,
    ...record,
  };
  if (!retryable || failedAttempts + 1 >= MAX_ATTEMPTS) {
    return fail(code, message, call);
  }
  const delaySeconds = retryDelaySeconds(failedAttempts + 1, retryAfterSeconds, random);
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

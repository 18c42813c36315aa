import assert from "node:assert/strict";
import type {
  Adapter,
  CallContext,
  LookContext,
  PollContext,
  Progress,
  Running,
} from "../shared/providers/adapter.ts";
import type { ProviderErrorCode } from "../shared/providers/provider_error.ts";
import type { Failure } from "../shared/tasks/task.ts";

export const call = { model: "model-1", providerRequestId: "req_1", costUsd: 0.05 };

/** Which codes are worth another call. */
export const RETRYABLE: Readonly<Record<ProviderErrorCode, boolean>> = {
  content_refused: false,
  invalid_input: false,
  provider_rejected: false,
  unsupported_language: false,
  provider_auth: false,
  provider_credits: false,
  provider_rate_limited: true,
  provider_unavailable: true,
  timeout: true,
  invalid_result: true,
  storage_failed: true,
};

export const errorCodes = Object.keys(RETRYABLE).filter((code): code is ProviderErrorCode =>
  Object.hasOwn(RETRYABLE, code)
);

/** A failure that says nothing else than this. */
export function aFailure(changes: Partial<Failure> = {}): Failure {
  return {
    kind: "failure",
    errorCode: "provider_unavailable",
    detail: "Words",
    isRetryable: false,
    isFinal: false,
    isAmbiguous: false,
    isBilled: false,
    endedUnbilled: false,
    isOwnCut: false,
    pauseScope: "lane",
    unlistedHost: undefined,
    delaySeconds: 5,
    retryAfterSeconds: 0,
    call: {},
    ...changes,
  };
}

/** A mistake of ours, which no other attempt changes. */
export function impossible(detail: string): Failure {
  return aFailure({ errorCode: "internal", detail, isFinal: true, delaySeconds: 0 });
}

/** An adapter in memory, and what it was asked. */
export interface RecordedAdapter {
  readonly adapter: Adapter;
  readonly submits: readonly (readonly [parameters: unknown, context: CallContext])[];
  readonly polls: readonly (readonly [handle: string, context: PollContext])[];
  readonly looks: readonly (readonly [mark: string, context: LookContext])[];
}

/** Answers each call the same; what is left out is not to be asked. */
export function anAdapter(
  { submit = unasked, poll = unasked, findLost = unasked }: {
    readonly submit?: () => Promise<Progress>;
    readonly poll?: () => Promise<Progress>;
    readonly findLost?: () => Promise<Running | undefined>;
  },
): RecordedAdapter {
  const submits: [unknown, CallContext][] = [];
  const polls: [string, PollContext][] = [];
  const looks: [string, LookContext][] = [];
  const adapter: Adapter = {
    submit: {
      "text-to-image": (...request) => {
        submits.push(request);
        return submit();
      },
      "image-to-model": (...request) => {
        submits.push(request);
        return submit();
      },
    },
    poll: (...request) => {
      polls.push(request);
      return poll();
    },
    findLost: (...request) => {
      looks.push(request);
      return findLost();
    },
  };
  return { adapter, submits, polls, looks };
}

function unasked(): never {
  assert.fail("Asked what was not to be asked");
}

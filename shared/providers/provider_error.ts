import type { RateLimit } from "./rate_limit.ts";

/** Why a provider call failed, in the codes a task can end with, and whether again may help. */
const RETRYABLE = {
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
  /** An input could not be read; the provider was not asked. */
  storage_failed: true,
} as const;

export type ProviderErrorCode = keyof typeof RETRYABLE;

/** Why more exactly, where that changes what the user can do; `private.task_error_reasons` has the words. */
export type FailureReason = "input_changed" | "input_deleted";

/** What a provider has too much of for now: all of its lane, or the call's pool alone. */
export type PauseScope = "lane" | "pool";

export interface ProviderErrorOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number | undefined;
  /** The provider may have done and billed the work all the same: a repeat may pay twice. */
  readonly ambiguous?: boolean;
  /** No other try changes it, whatever the code says: the provider has ended the work. */
  readonly final?: boolean;
  readonly providerRequestId?: string | undefined;
  /** The provider has ended accepted work for a reason of its own, and bills nothing. */
  readonly endedUnbilled?: boolean;
  /** The provider has done and billed the work, for so much. */
  readonly billedUsd?: number | undefined;
  /** Where the result is, if that is no host that we know as the provider's. */
  readonly unlistedHost?: string | undefined;
  /** We ended the call, at the task's deadline or with its lease: it is no failure of the provider. */
  readonly ownCut?: boolean;
  /** What waits, for `provider_rate_limited`. Default: the lane. */
  readonly pauseScope?: PauseScope;
  /** What the provider says of its window of results. */
  readonly rateLimit?: RateLimit | undefined;
  readonly reason?: FailureReason | undefined;
}

/** A failed provider call. The message is for the operator; users read the words of the code. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: ProviderErrorCode;
  /** How long the provider asks to wait, 0 if it does not say. */
  readonly retryAfterSeconds: number;
  readonly ambiguous: boolean;
  readonly final: boolean;
  readonly retryable: boolean;
  readonly providerRequestId: string | undefined;
  readonly endedUnbilled: boolean;
  readonly billedUsd: number | undefined;
  readonly unlistedHost: string | undefined;
  readonly ownCut: boolean;
  readonly pauseScope: PauseScope;
  readonly rateLimit: RateLimit | undefined;
  readonly reason: FailureReason | undefined;

  constructor(code: ProviderErrorCode, message: string, options: ProviderErrorOptions = {}) {
    const {
      retryAfterSeconds = 0,
      ambiguous = false,
      final = false,
      providerRequestId,
      endedUnbilled = false,
      billedUsd,
      unlistedHost,
      ownCut = false,
      pauseScope = "lane",
      rateLimit,
      reason,
      ...rest
    } = options;
    super(message, rest);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.ambiguous = ambiguous;
    this.final = final;
    this.retryable = RETRYABLE[code] && !final;
    this.providerRequestId = providerRequestId;
    this.endedUnbilled = endedUnbilled;
    this.billedUsd = billedUsd;
    this.unlistedHost = unlistedHost;
    this.ownCut = ownCut;
    this.pauseScope = pauseScope;
    this.rateLimit = rateLimit;
    this.reason = reason;
  }
}

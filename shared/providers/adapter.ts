import type { OperationId } from "../contract/operations.ts";

/** An input file. */
export interface Asset {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly extension: string;
}

/** A result file by value. */
export interface Output {
  readonly bytes: Uint8Array;
}

/** What a call cost and how the provider knows it; goes into the ledger of purchases. */
export interface CallRecord {
  readonly model: string;
  readonly providerRequestId?: string | undefined;
  /** Estimate in USD from the provider's own account of usage. */
  readonly costUsd?: number | undefined;
}

/** What a provider's answer came to. Failure is a thrown ProviderError. */
export interface Generation {
  readonly outputs: readonly Output[];
  readonly call: CallRecord;
}

export interface CallContext {
  /** Ends the call when the task is lost or its deadline has come. */
  readonly signal: AbortSignal;
  /** Stands for the end user towards the provider, without telling who it is. */
  readonly endUser: string;
  /** The file behind an address of the parameters. Throws a ProviderError if it cannot be had. */
  readAsset(address: string): Promise<Asset>;
}

/** How the worker speaks to one provider: one call a step, no retry, no log line, no storage. */
export interface Adapter {
  generate(operation: OperationId, parameters: unknown, context: CallContext): Promise<Generation>;
}

/** Where a provider is and how it knows us. */
export interface ProviderSettings {
  readonly apiKey: string;
  /** Undefined: the provider's own address. */
  readonly baseUrl: string | undefined;
}

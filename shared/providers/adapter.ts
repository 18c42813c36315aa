import type { Bytes } from "../bytes.ts";
import type { AssetKind, OperationId } from "../contract/operations.ts";
import type { ModelListing } from "./model_list.ts";
import type { RateLimit } from "./rate_limit.ts";

/** An input file. A `Blob`, because it goes on its way without being copied. */
export interface Asset {
  readonly content: Blob;
  readonly mediaType: string;
  readonly extension: string;
}

/** What is in a result file. */
export interface Content {
  readonly body: ReadableStream<Bytes>;
  /** In bytes, if it is known before the end. */
  readonly size: number | undefined;
}

/** A result file. Opening it costs nothing, and may be done again after a failure. */
export interface Output {
  open(): Promise<Content>;
}

/** What a call cost and how the provider knows it; goes into the ledger of purchases. */
export interface CallRecord {
  readonly model?: string | undefined;
  readonly providerRequestId?: string | undefined;
  /** The provider's name of the work, where it has one that later requests can use. */
  readonly providerTaskId?: string | undefined;
  /** Estimate in USD from the provider's own account of usage. */
  readonly costUsd?: number | undefined;
  /** Of a service whose limit counts results, and that tells how much of it is left. */
  readonly rateLimit?: RateLimit | undefined;
}

/** What the provider tells of how it made the results. */
export interface Making {
  /** What makes them again, beside the request. */
  readonly seed?: number | undefined;
  /** The prompt as the provider's model was given it. */
  readonly revisedPrompt?: string | undefined;
}

/** The provider is done. */
export interface Succeeded {
  readonly state: "succeeded";
  readonly outputs: readonly Output[];
  readonly making?: Making;
  /** A picture of a model. What becomes of it changes nothing of the results. */
  readonly preview?: Preview | undefined;
  readonly call: CallRecord;
}

/** The provider's own picture, or the address of the input that the model was made of. */
export type Preview =
  | { readonly kind: "output"; open(signal: AbortSignal): Promise<Content> }
  | { readonly kind: "input"; readonly url: string };

/** The provider has accepted the work, and is to be asked again. */
export interface Running {
  readonly state: "running";
  /** What to ask by; opaque to everyone but the adapter. Once it is stored nothing is bought again. */
  readonly handle: string;
  readonly pollAfterSeconds: number;
  /** Percentage, if the provider tells. */
  readonly progress?: number | undefined;
  readonly call: CallRecord;
}

/** What one call came to. Failure is a thrown ProviderError. */
export type Progress = Succeeded | Running;

/**
 * Records in the billing ledger that the billable request is sent next. Throws if it must not be.
 *
 * @param mark What `findLost` knows the work by, if its answer is lost: at most 1,000 characters.
 */
export type MarkSent = (mark?: string) => Promise<void>;

/** Waits until so many bytes fit into memory. */
export type ReserveMemory = (bytes: number) => Promise<void>;

export interface CallContext {
  /** Ends the call when the task is lost or its deadline has come. */
  readonly signal: AbortSignal;
  /** Stands for the end user towards the provider, without telling who it is. */
  readonly endUser: string;
  /** From 0 up to 2^31, and of this call alone: for a provider that repeats it in a list of its work. */
  readonly seed: number;
  /** Must be awaited right before the billable request: what fails earlier costs nothing. */
  readonly markSent: MarkSent;
  /**
   * Must be awaited, once, before an answer is read that holds results of so many bytes: what does
   * not fit stays in its connection meanwhile. Given back when the step ends; rejects with the signal.
   */
  readonly reserveMemory: ReserveMemory;
  /** The file behind a URL of the parameters. Throws a ProviderError if it cannot be had. */
  readAsset(url: string, kind: AssetKind): Promise<Asset>;
}

export interface LookContext {
  readonly signal: AbortSignal;
  /** Since the request went out. */
  readonly sentSecondsAgo: number;
}

export interface PollContext {
  readonly signal: AbortSignal;
  /** Since the handle was stored. */
  readonly ageSeconds: number;
}

/** Asks a provider to do something that it bills. */
export type Submit = (parameters: unknown, context: CallContext) => Promise<Progress>;

/** How the worker speaks to one provider: one call a step, no retry, no log line, no storage. */
export interface Adapter {
  readonly submit: Readonly<Partial<Record<OperationId, Submit>>>;
  /** Asks how far accepted work is. Present when, and only when, a submit may answer "running". */
  readonly poll?: (handle: string, context: PollContext) => Promise<Progress>;
  /**
   * Looks in the provider's list of its work for a submit whose answer was lost. Undefined if it is not
   * there, which is no proof: a list may be late. Present when, and only when, a submit gives a mark.
   */
  readonly findLost?: (mark: string, context: LookContext) => Promise<Running | undefined>;
  /**
   * Looks up the models that we ask for in the provider's own list of models. Throws where it cannot be
   * read, which proves nothing. Present where there is such a list.
   */
  readonly findModels?: (signal: AbortSignal) => Promise<readonly ModelListing[]>;
}

/** Where a provider is, how it knows us, and what the operator decides. */
export interface ProviderSettings {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** For a provider that lets the operator choose one. Default: the provider's own choice. */
  readonly model?: string;
  /** The most that clients may choose, by field. */
  readonly mostOf?: Readonly<Record<string, number>>;
  /** Hosts of results besides those that we know. */
  readonly resultHosts?: readonly string[];
}

/** A result that is there in full. */
export function bytesOutput(bytes: Bytes): Output {
  return piecesOutput([bytes]);
}

/** The same, in pieces: to join them would have it in memory twice. */
export function piecesOutput(pieces: readonly Bytes[]): Output {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  return { open: () => Promise.resolve({ body: ReadableStream.from(pieces), size }) };
}

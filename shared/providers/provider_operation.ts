import { z } from "zod";
import { type OperationId, operations } from "../contract/operations.ts";
import { type Price, roundUpUsd } from "./prices.ts";

/** What a mapping makes of a client's parameters. */
export interface Mapping<Request> {
  /** The provider's own request. */
  readonly request: Request;
  /** What was mapped or ignored on the way, in words for the client's developer. */
  readonly warnings: readonly string[];
}

/** Limits of an image's width and height; what is not named is not limited. */
export interface ImageLimits {
  /** In pixels. */
  readonly minSide?: number;
  readonly maxSide?: number;
  /** Width times height. */
  readonly minPixels?: number;
  readonly maxPixels?: number;
  /** Longer side by shorter side. */
  readonly maxRatio?: number;
}

/** What a provider takes as an input file. */
export interface AssetLimits {
  readonly mediaTypes: readonly string[];
  readonly maxBytes: number;
  /** Absent for files that are not images, or whose width and height do not matter. */
  readonly image?: ImageLimits;
  /** Whether the provider says that it shows a photo as its EXIF turns it. Default: it says nothing. */
  readonly turnsPhotos?: boolean;
  /** Whether what is transparent may be taken for black. */
  readonly seesTransparentAsBlack?: boolean;
}

/** What a provider declares of one operation. */
export interface OperationDeclaration<Schema extends z.ZodObject, Request> {
  readonly operation: OperationId;
  /** The operation's input and this provider's options, together; strict. */
  readonly schema: Schema;
  /** A request as a client would write it, without `task_id` and `provider`. */
  readonly example: z.input<Schema>;
  /** Undefined for an operation without input files. */
  readonly assetLimits?: AssetLimits;
  /**
   * How long the billable call may take, in seconds. It is ended then, and does not begin in an isolate
   * that has less of its life left.
   */
  readonly maxCallSeconds: number;
  /**
   * How long it takes at least until the results of a start are there, in seconds: a start with less
   * time left would be billed for nothing.
   */
  readonly leastRunSeconds: number;
  /**
   * Parameters that name earlier tasks at the provider. Those that are not the caller's own are left
   * out before the request is accepted.
   */
  readonly taskReferences?: readonly (keyof Schema["shape"] & string)[];
  /** Pure: used at submit for the warnings and by the worker for the request. */
  map(parameters: z.output<Schema>): Mapping<Request>;
  /**
   * Pure: what a call with this request costs.
   *
   * @param model The operator's choice, where there is one. Default: the provider's own. One that is
   * not in the price list costs as much as the dearest that is.
   */
  price(request: Request, model: string | undefined): Price;
  /** How many results the parameters ask for. Default: one. */
  resultCount?(parameters: z.output<Schema>): number;
  /**
   * Which of the provider's pools the work takes a place of. Default: `DEFAULT_POOL`.
   *
   * @param model The operator's choice, where there is one.
   */
  pool?(parameters: z.output<Schema>, model: string | undefined): string;
}

/** What a request is, besides its fields. */
export interface Description {
  readonly warnings: readonly string[];
  readonly resultCount: number;
  readonly pool: string;
  /** The model or the endpoint that the ledger will name. */
  readonly model: string;
  /** What the price list says that a call costs, in USD. */
  readonly listPriceUsd: number;
  /** Whether the bill can be compared with it: the list may leave out what is billed. */
  readonly isListPriceWhole: boolean;
  /** What a call costs at most, in USD. */
  readonly estimateUsd: number;
}

/** The pool of a provider that counts all work together. */
export const DEFAULT_POOL = "default";

/** One operation of one provider, without the types of its parameters and of its request. */
export interface AnyProviderOperation {
  readonly operation: OperationId;
  readonly schema: z.ZodObject;
  readonly example: Readonly<Record<string, unknown>>;
  readonly assetLimits: AssetLimits | undefined;
  readonly maxCallSeconds: number;
  readonly leastRunSeconds: number;
  readonly taskReferences: readonly string[];
  /**
   * Throws a ZodError if the parameters do not match the schema.
   *
   * @param model The operator's choice, for a provider that lets one choose.
   */
  describe(parameters: unknown, model?: string): Description;
}

/** One operation of one provider: what clients may send, and what reaches the provider. */
export interface ProviderOperation<Schema extends z.ZodObject, Request>
  extends AnyProviderOperation {
  readonly schema: Schema;
  map(parameters: z.output<Schema>): Mapping<Request>;
  /** The provider's request for parameters that were accepted before. Throws a ZodError otherwise. */
  requestOf(parameters: unknown): Request;
}

export interface Provider {
  /** As people write it. */
  readonly name: string;
  /** The setting that holds the API key; without one the provider is not available. */
  readonly apiKeySetting: string;
  /** The setting that replaces its own URL. */
  readonly baseUrlSetting: string;
  readonly baseUrl: string;
  /** Hosts besides that URL where it keeps jobs and results; `*.` for any subdomain. */
  readonly otherHosts?: readonly string[];
  /** Hosts where it keeps results only; nothing that proves who we are is sent there. */
  readonly resultHosts?: readonly string[];
  /** The setting that adds hosts of results, for a provider that keeps them at URLs. */
  readonly resultHostsSetting?: string;
  /** The setting that names the model, for a provider that lets the operator choose one. */
  readonly model?: { readonly setting: string; readonly default: string };
  /**
   * Numbers of a client's choice that the operator bounds, by their field: what they allow is done on
   * the operator's account. The default is the one that the service documents for itself.
   */
  readonly mostOf?: Readonly<
    Record<string, { readonly setting: string; readonly default: number; readonly most: number }>
  >;
  /** What it counts tasks by that are under way at once; the limits are in the database. */
  readonly pools: readonly string[];
  readonly operations: readonly AnyProviderOperation[];
}

type InputShape<Id extends OperationId> = (typeof operations)[Id]["input"]["shape"];

/** The fields of an operation that all its providers share; an option may narrow one by repeating it. */
export function inputOf<Id extends OperationId>(operation: Id): InputShape<Id> {
  return operations[operation].input.shape;
}

/** Declares one operation of a provider. */
export function defineOperation<Schema extends z.ZodObject, Request>(
  declaration: OperationDeclaration<Schema, Request>,
): ProviderOperation<Schema, Request> {
  const { schema, assetLimits, taskReferences = [] } = declaration;
  return {
    ...declaration,
    assetLimits,
    taskReferences,
    describe(parameters, model) {
      const parsed = schema.parse(parameters);
      const { request, warnings } = declaration.map(parsed);
      const price = declaration.price(request, model);
      return {
        warnings,
        resultCount: declaration.resultCount?.(parsed) ?? 1,
        pool: declaration.pool?.(parsed, model) ?? DEFAULT_POOL,
        model: price.model,
        listPriceUsd: roundUpUsd(price.listUsd),
        isListPriceWhole: price.isWhole ?? (price.mostUsd ?? price.listUsd) === price.listUsd,
        estimateUsd: roundUpUsd(Math.max(price.listUsd, price.mostUsd ?? 0)),
      };
    },
    requestOf: (parameters) => declaration.map(schema.parse(parameters)).request,
  };
}

import { z } from "zod";
import { type OperationId, operations } from "../contract/operations.ts";

/** What a mapping makes of a client's parameters. */
export interface Mapping<Request> {
  /** The provider's own request. */
  readonly request: Request;
  /** What was mapped or ignored on the way, in words for the client's developer. */
  readonly warnings: readonly string[];
}

/** Limits of a picture's width and height; what is not named is not limited. */
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
  /** Absent for files that are no pictures, or whose size does not matter. */
  readonly image?: ImageLimits;
}

/** One operation as one provider offers it: what clients may send, and what reaches the provider. */
export interface Pair<Schema extends z.ZodObject, Request> {
  readonly operation: OperationId;
  /** The operation's input and this provider's options, together; strict. */
  readonly schema: Schema;
  /** A request as a client would write it, without `task_id` and `provider`. */
  readonly example: z.input<Schema>;
  /** Undefined for an operation without input files. */
  readonly assetLimits?: AssetLimits;
  /**
   * Parameters that name earlier tasks at the provider. Those that are not the caller's own are left
   * out before the request is accepted.
   */
  readonly taskReferences?: readonly (keyof Schema["shape"] & string)[];
  /** Pure: used at submit for the warnings and by the worker for the request. */
  map(parameters: z.output<Schema>): Mapping<Request>;
  /** How many results the parameters ask for. Default: one. */
  resultCount?(parameters: z.output<Schema>): number;
}

/** A pair whose types are its own business: parameters come from its own schema. */
export interface Offer {
  readonly operation: OperationId;
  readonly schema: z.ZodObject;
  readonly example: Readonly<Record<string, unknown>>;
  readonly assetLimits: AssetLimits | undefined;
  readonly taskReferences: readonly string[];
  /** Throws a ZodError if the parameters are not the schema's. */
  describe(parameters: unknown): {
    readonly warnings: readonly string[];
    readonly resultCount: number;
  };
}

export interface Provider {
  /** As people write it. */
  readonly name: string;
  /** Its own address; the setting `<ID>_BASE_URL` takes its place. */
  readonly baseUrl: string;
  /** Hosts besides that address where it keeps jobs and results; `*.` for any below. */
  readonly otherHosts?: readonly string[];
  /** The setting that names the model, for a provider that lets the operator choose one. */
  readonly model?: { readonly setting: string; readonly default: string };
  readonly offers: readonly Offer[];
}

/** Declares a pair. */
export function definePair<Schema extends z.ZodObject, Request>(
  pair: Pair<Schema, Request>,
): Pair<Schema, Request> {
  return pair;
}

type InputShape<Id extends OperationId> = (typeof operations)[Id]["input"]["shape"];

/** The fields of an operation that all its providers share; an option may narrow one by repeating it. */
export function inputOf<Id extends OperationId>(operation: Id): InputShape<Id> {
  return operations[operation].input.shape;
}

/** Hides a pair's own types, for lists of pairs. */
export function offer<Schema extends z.ZodObject, Request>(pair: Pair<Schema, Request>): Offer {
  return {
    operation: pair.operation,
    schema: pair.schema,
    example: pair.example,
    assetLimits: pair.assetLimits,
    taskReferences: pair.taskReferences ?? [],
    describe(parameters) {
      const parsed = pair.schema.parse(parameters);
      return {
        warnings: pair.map(parsed).warnings,
        resultCount: pair.resultCount?.(parsed) ?? 1,
      };
    },
  };
}

/** The provider's request for parameters that were accepted before. Throws a ZodError otherwise. */
export function requestOf<Schema extends z.ZodObject, Request>(
  pair: Pair<Schema, Request>,
  parameters: unknown,
): Request {
  return pair.map(pair.schema.parse(parameters)).request;
}

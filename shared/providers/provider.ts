import { z } from "zod";
import { type OperationId, operations } from "../contract/operations.ts";

/** What a mapping makes of a client's parameters. */
export interface Mapping<Request> {
  /** The provider's own request. */
  readonly request: Request;
  /** What was mapped or ignored on the way, in words for the client's developer. */
  readonly warnings: readonly string[];
}

/** What a provider takes as an input file. */
export interface AssetLimits {
  readonly mediaTypes: readonly string[];
  readonly maxBytes: number;
}

/** One operation as one provider offers it: what clients may send, and what reaches the provider. */
export interface Pair<Schema extends z.ZodObject, Request> {
  readonly operation: OperationId;
  /** The operation's input and this provider's options, together; strict. */
  readonly schema: Schema;
  /** Undefined for an operation without input files. */
  readonly assetLimits: AssetLimits | undefined;
  /** Pure: used at submit for the warnings and by the worker for the request. */
  map(parameters: z.output<Schema>): Mapping<Request>;
  /** How many results the parameters ask for. */
  resultCount(parameters: z.output<Schema>): number;
}

/** A pair whose types are its own business: parameters come from its own schema. */
export interface Offer {
  readonly operation: OperationId;
  readonly schema: z.ZodObject;
  readonly assetLimits: AssetLimits | undefined;
  /** Throws a ZodError if the parameters are not the schema's. */
  describe(parameters: unknown): {
    readonly warnings: readonly string[];
    readonly resultCount: number;
  };
}

export interface Provider {
  readonly offers: readonly Offer[];
}

type InputShape<Id extends OperationId> = (typeof operations)[Id]["input"]["shape"];

/** Schema of a pair: the operation's own input fields and the provider's options; nothing else. */
type PairSchema<Id extends OperationId, Options extends z.core.$ZodShape> = z.ZodObject<
  InputShape<Id> & Options,
  z.core.$strict
>;

/** Declares a pair; an option may narrow an input field of the operation by repeating it. */
export function definePair<Id extends OperationId, Options extends z.core.$ZodShape, Request>(
  { operation, options, assetLimits, map, resultCount }: {
    readonly operation: Id;
    readonly options: Options;
    readonly assetLimits?: AssetLimits;
    map(parameters: z.output<PairSchema<Id, Options>>): Mapping<Request>;
    resultCount(parameters: z.output<PairSchema<Id, Options>>): number;
  },
): Pair<PairSchema<Id, Options>, Request> {
  const input: InputShape<Id> = operations[operation].input.shape;
  const schema = z.strictObject({ ...input, ...options });
  return { operation, schema, assetLimits, map, resultCount };
}

/** Hides a pair's own types, for lists of pairs. */
export function offer<Schema extends z.ZodObject, Request>(pair: Pair<Schema, Request>): Offer {
  return {
    operation: pair.operation,
    schema: pair.schema,
    assetLimits: pair.assetLimits,
    describe(parameters) {
      const parsed = pair.schema.parse(parameters);
      return { warnings: pair.map(parsed).warnings, resultCount: pair.resultCount(parsed) };
    },
  };
}

import { z } from "zod";
import { ApiError } from "../contract/errors.ts";
import { excerpt } from "../contract/excerpt.ts";
import { taskId } from "../contract/fields.ts";
import { type AssetKind, type OperationId, operations } from "../contract/operations.ts";
import { validate } from "../contract/validate.ts";
import { type ProviderId, providersOf } from "../providers/catalog.ts";
import type { AnyProviderOperation, AssetLimits } from "../providers/provider_operation.ts";
import { readKindly } from "./read_kindly.ts";

/** How long a task may take in all, waiting and retries included, by kind of output. */
const TIME_LIMIT_SECONDS = { image: 10 * 60, model: 30 * 60 };

/** A request known to be valid for its operation and provider. */
export interface GenerationCommand {
  readonly clientTaskId: string;
  readonly operation: OperationId;
  readonly provider: ProviderId;
  /** All fields but `task_id` and `provider`, with defaults filled in. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly assetLimits: AssetLimits | undefined;
  readonly output: AssetKind;
  readonly resultCount: number;
  readonly timeLimitSeconds: number;
  /** How long its billable call may take. */
  readonly maxCallSeconds: number;
  /** How long it takes at least until its results are there. */
  readonly leastRunSeconds: number;
  /** What the provider counts it by while it is under way. */
  readonly pool: string;
  /** The model or the endpoint that the ledger will name. */
  readonly model: string;
  /** What one call costs at most, in USD. */
  readonly estimateUsd: number;
  /** What one call costs by the provider's price list, in USD; undefined where that leaves something out. */
  readonly listPriceUsd: number | undefined;
  readonly warnings: readonly string[];
}

const json = z.json();
type JsonValue = z.infer<typeof json>;
const parametersSchema = z.record(z.string(), json);
const providerSchema = z.looseObject({ provider: z.string() });

/** The model that the operator has chosen at a provider; undefined where there is no choice. */
export type ModelOf = (provider: ProviderId) => string | undefined;

/** The most that the operator allows of a provider's numbers, by field. */
export type MostOf = (provider: ProviderId) => Readonly<Record<string, number>> | undefined;

/** Turns a request body into a command, or throws an ApiError that says what is wrong with it. */
export function parseCommand(
  operation: OperationId,
  body: unknown,
  modelOf: ModelOf = () => undefined,
  mostOf: MostOf = () => undefined,
): GenerationCommand {
  const { provider } = validate(providerSchema, body);
  const [id, declared] = chooseProvider(operation, provider);
  const { supported, unsupported } = splitFields(
    readKindly(Object(body), declared.schema),
    declared,
  );
  const { task_id, provider: _, ...chosen } = validate(requestSchema(id, declared), supported);
  const { fields, lowered } = lower(chosen, mostOf(id) ?? {});
  const described = declared.describe(fields, modelOf(id));
  const { warnings, resultCount, pool, model, estimateUsd, listPriceUsd } = described;
  const { output } = operations[operation];
  return {
    clientTaskId: taskId.parse(task_id),
    operation,
    provider: id,
    parameters: parametersSchema.parse(fields),
    assetLimits: declared.assetLimits,
    output,
    resultCount,
    timeLimitSeconds: TIME_LIMIT_SECONDS[output],
    maxCallSeconds: declared.maxCallSeconds,
    leastRunSeconds: declared.leastRunSeconds,
    pool,
    model,
    estimateUsd,
    listPriceUsd: described.isListPriceWhole ? listPriceUsd : undefined,
    warnings: [
      ...unsupported.map((field) => `${field}: not a parameter of ${id}; ignored`),
      ...lowered,
      ...warnings,
    ],
  };
}

/** Takes numbers down to the most that the operator allows. */
function lower(
  chosen: Readonly<Record<string, unknown>>,
  most: Readonly<Record<string, number>>,
): { readonly fields: Record<string, unknown>; readonly lowered: readonly string[] } {
  const lowered: string[] = [];
  const fields = Object.fromEntries(
    Object.entries(chosen).map(([field, value]) => {
      const bound = most[field];
      if (bound === undefined || typeof value !== "number" || value <= bound) return [field, value];
      lowered.push(`${field}: at most ${bound} is allowed here; sent as ${bound}`);
      return [field, bound];
    }),
  );
  return { fields, lowered };
}

/** Schemas of whole bodies, created on first use: most isolates see only a few operations. */
const requestSchemas = new WeakMap<AnyProviderOperation, z.ZodObject>();

function requestSchema(id: ProviderId, declared: AnyProviderOperation): z.ZodObject {
  const known = requestSchemas.get(declared);
  if (known) return known;
  const schema = declared.schema.safeExtend({ task_id: taskId, provider: z.literal(id) });
  requestSchemas.set(declared, schema);
  return schema;
}

function chooseProvider(
  operation: OperationId,
  provider: string,
): readonly [ProviderId, AnyProviderOperation] {
  const choices = providersOf(operation);
  const choice = choices.find(([id]) => id === provider);
  if (choice) return choice;
  const supported = choices.map(([id]) => id).join(", ");
  const message = `Unsupported provider ${JSON.stringify(excerpt(provider))} for ${operation}; ` +
    `supported: ${supported}`;
  throw new ApiError("unsupported_provider", message, {
    details: [{ field: "provider", message: `Supported: ${supported}` }],
  });
}

/**
 * Apps send the same fields to whichever provider the user has chosen: a field that only another
 * provider of the operation supports is left out.
 */
function splitFields(
  body: Readonly<Record<string, unknown>>,
  { operation, schema }: AnyProviderOperation,
): { readonly supported: Record<string, unknown>; readonly unsupported: readonly string[] } {
  const others = providersOf(operation);
  const isUnsupported = (field: string): boolean =>
    !Object.hasOwn(schema.shape, field) &&
    others.some(([, other]) => Object.hasOwn(other.schema.shape, field));
  const entries = Object.entries(body);
  return {
    supported: Object.fromEntries(entries.filter(([field]) => !isUnsupported(field))),
    unsupported: entries.map(([field]) => field).filter(isUnsupported),
  };
}

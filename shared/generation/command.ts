import { z } from "zod";
import { ApiError } from "../contract/errors.ts";
import { excerpt } from "../contract/excerpt.ts";
import { taskId } from "../contract/fields.ts";
import { type OperationId, operations } from "../contract/operations.ts";
import { validate } from "../contract/validate.ts";
import { findOffer, isProviderId, offersOf, type ProviderId } from "../providers/catalog.ts";
import type { AssetLimits, Offer } from "../providers/provider_operation.ts";

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
  readonly output: "image" | "model";
  readonly resultCount: number;
  readonly timeLimitSeconds: number;
  readonly warnings: readonly string[];
}

const json = z.json();
type JsonValue = z.infer<typeof json>;
const parametersSchema = z.record(z.string(), json);
const providerSchema = z.looseObject({ provider: z.string() });

/** Turns a request body into a command, or throws an ApiError that says what is wrong with it. */
export function parseCommand(operation: OperationId, body: unknown): GenerationCommand {
  const { provider } = validate(providerSchema, body);
  const { id, offer } = chooseOffer(operation, provider);
  const { own, foreign } = splitFields(Object(body), operation, offer);
  const { task_id, provider: _, ...fields } = validate(requestSchema(id, offer), own);
  const { warnings, resultCount } = offer.describe(fields);
  const { output } = operations[operation];
  return {
    clientTaskId: taskId.parse(task_id),
    operation,
    provider: id,
    parameters: parametersSchema.parse(fields),
    assetLimits: offer.assetLimits,
    output,
    resultCount,
    timeLimitSeconds: TIME_LIMIT_SECONDS[output],
    warnings: [
      ...foreign.map((field) => `${field}: not a parameter of ${id}; ignored`),
      ...warnings,
    ],
  };
}

/** Schemas of whole bodies. Made when first asked for: many isolates see few of the pairs. */
const requestSchemas = new WeakMap<Offer, z.ZodObject>();

function requestSchema(id: ProviderId, offer: Offer): z.ZodObject {
  const known = requestSchemas.get(offer);
  if (known) return known;
  const schema = offer.schema.safeExtend({ task_id: taskId, provider: z.literal(id) });
  requestSchemas.set(offer, schema);
  return schema;
}

function chooseOffer(
  operation: OperationId,
  provider: string,
): { readonly id: ProviderId; readonly offer: Offer } {
  const offer = isProviderId(provider) ? findOffer(provider, operation) : undefined;
  if (isProviderId(provider) && offer) return { id: provider, offer };
  const supported = offersOf(operation).map(([id]) => id).join(", ");
  const message = `Unsupported provider ${JSON.stringify(excerpt(provider))} for ${operation}; ` +
    `supported: ${supported}`;
  throw new ApiError("unsupported_provider", message, {
    details: [{ field: "provider", message: `Supported: ${supported}` }],
  });
}

/**
 * Apps send the same fields to whichever provider the user has chosen: what only another provider of
 * the operation knows is left out.
 */
function splitFields(
  body: Readonly<Record<string, unknown>>,
  operation: OperationId,
  { schema }: Offer,
): { readonly own: Record<string, unknown>; readonly foreign: readonly string[] } {
  const offers = offersOf(operation);
  const isForeign = (field: string): boolean =>
    !Object.hasOwn(schema.shape, field) &&
    offers.some(([, other]) => Object.hasOwn(other.schema.shape, field));
  const entries = Object.entries(body);
  return {
    own: Object.fromEntries(entries.filter(([field]) => !isForeign(field))),
    foreign: entries.map(([field]) => field).filter(isForeign),
  };
}

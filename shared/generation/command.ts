import { z } from "zod";
import { ApiError } from "../contract/errors.ts";
import { taskId } from "../contract/fields.ts";
import { type OperationId, operations } from "../contract/operations.ts";
import { validate } from "../contract/validate.ts";
import { findOffer, isProviderId, type ProviderId, providerIds } from "../providers/catalog.ts";
import type { AssetLimits, Offer } from "../providers/provider.ts";

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

const envelope = { task_id: taskId, provider: z.string() };

/** Turns a request body into a command, or throws an ApiError that says what is wrong with it. */
export function parseCommand(operation: OperationId, body: unknown): GenerationCommand {
  const { provider } = validate(z.looseObject({ provider: z.string() }), body);
  const { id, offer } = chooseOffer(operation, provider);

  const { task_id, provider: _, ...fields } = validate(offer.schema.extend(envelope), body);
  const { warnings, resultCount } = offer.describe(fields);
  const { output } = operations[operation];
  return {
    clientTaskId: taskId.parse(task_id),
    operation,
    provider: id,
    parameters: z.record(z.string(), json).parse(fields),
    assetLimits: offer.assetLimits,
    output,
    resultCount,
    timeLimitSeconds: TIME_LIMIT_SECONDS[output],
    warnings,
  };
}

function chooseOffer(
  operation: OperationId,
  provider: string,
): { readonly id: ProviderId; readonly offer: Offer } {
  const offer = isProviderId(provider) ? findOffer(provider, operation) : undefined;
  if (isProviderId(provider) && offer) return { id: provider, offer };
  const supported = providerIds.filter((id) => findOffer(id, operation));
  const message = `Unsupported provider ${JSON.stringify(provider)} for ${operation}; ` +
    `supported: ${supported.join(", ")}`;
  throw new ApiError("unsupported_provider", message, {
    details: [{ field: "provider", message: `Supported: ${supported.join(", ")}` }],
  });
}

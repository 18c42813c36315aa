import { validate } from "../contract/validate.ts";
import { findOffer, type ProviderId } from "../providers/catalog.ts";
import type { OperationId } from "../contract/operations.ts";
import type { OwnsProviderTask } from "./owns_provider_task.ts";
import type { GenerationCommand } from "../generation/command.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** Parameters that belong to somebody's request. */
export interface OwnedParameters {
  readonly provider: ProviderId;
  readonly operation: OperationId;
  readonly parameters: Parameters;
  readonly userId: string;
}

/**
 * Parameters without those that name somebody else's work at the provider, or nobody's: there all our
 * tasks are one customer's, so only we can tell whose they are.
 */
export async function withoutForeignTasks(
  { provider, operation, parameters, userId }: OwnedParameters,
  ownsProviderTask: OwnsProviderTask,
): Promise<{ readonly own: Parameters; readonly foreign: readonly string[] }> {
  const references = findOffer(provider, operation)?.taskReferences ?? [];
  const named = references.filter((field) => parameters[field] !== undefined);
  const owned = await Promise.all(
    named.map((field) => ownsProviderTask(userId, String(parameters[field]))),
  );
  const foreign = named.filter((_, index) => !owned[index]);
  const entries = Object.entries(parameters).filter(([field]) => !foreign.includes(field));
  return { own: Object.fromEntries(entries), foreign };
}

/** Warnings of parameters that will be left out. Throws an `invalid_request` if the rest is not enough. */
export type CheckTaskReferences = (
  command: GenerationCommand,
  userId: string,
) => Promise<readonly string[]>;

/** The command itself is kept as it came, so that the same request stays the same request. */
export function createCheckTaskReferences(ownsProviderTask: OwnsProviderTask): CheckTaskReferences {
  return async (command, userId) => {
    const { own, foreign } = await withoutForeignTasks({ ...command, userId }, ownsProviderTask);
    const offer = findOffer(command.provider, command.operation);
    if (offer && foreign.length > 0) validate(offer.schema, own);
    return foreign.map((field) => `${field}: none of your tasks; ignored`);
  };
}

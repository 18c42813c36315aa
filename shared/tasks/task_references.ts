import type { OperationId } from "../contract/operations.ts";
import { validate } from "../contract/validate.ts";
import type { GenerationCommand } from "../generation/command.ts";
import { findOperation, type ProviderId } from "../providers/catalog.ts";
import type { CallerTasks } from "./caller_tasks.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** Parameters of a user's request. */
export interface OwnedParameters {
  readonly provider: ProviderId;
  readonly operation: OperationId;
  readonly parameters: Parameters;
  readonly userId: string;
}

/**
 * Parameters without those that name another user's task at the provider, or no task. The provider
 * sees one customer for all our users, so only we can check the owner.
 */
export async function withoutOthersTasks(
  { provider, operation, parameters, userId }: OwnedParameters,
  tasks: Pick<CallerTasks, "ownsProviderTask">,
): Promise<{ readonly own: Parameters; readonly others: readonly string[] }> {
  const references = findOperation(provider, operation)?.taskReferences ?? [];
  const named = references.filter((field) => parameters[field] !== undefined);
  const owned = await Promise.all(
    named.map((field) => tasks.ownsProviderTask(userId, String(parameters[field]))),
  );
  const others = named.filter((_, index) => !owned[index]);
  const entries = Object.entries(parameters).filter(([field]) => !others.includes(field));
  return { own: Object.fromEntries(entries), others };
}

/**
 * Warnings for parameters that will be left out; the command itself is kept as it came, so that the
 * same request stays the same request. Throws an `invalid_request` if the rest is not enough.
 */
export async function checkTaskReferences(
  command: GenerationCommand,
  userId: string,
  tasks: Pick<CallerTasks, "ownsProviderTask">,
): Promise<readonly string[]> {
  const { own, others } = await withoutOthersTasks({ ...command, userId }, tasks);
  const declared = findOperation(command.provider, command.operation);
  if (declared && others.length > 0) validate(declared.schema, own);
  return others.map((field) => `${field}: none of your tasks; ignored`);
}

import { isOperationId } from "../../../../shared/contract/operations.ts";
import { isProviderId } from "../../../../shared/providers/catalog.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { CallerTasks } from "../../../../shared/tasks/caller_tasks.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import { withoutOthersTasks } from "../../../../shared/tasks/task_references.ts";

/**
 * The parameters of a task without references to other users' tasks. Throws a ProviderError if the
 * owner cannot be looked up now.
 */
export async function ownParameters(
  tasks: Pick<CallerTasks, "ownsProviderTask">,
  { provider, operation, parameters, userId }: Claim,
): Promise<unknown> {
  if (!isProviderId(provider) || !isOperationId(operation)) return parameters;
  const request = { provider, operation, userId, parameters: Object(parameters) };
  try {
    return (await withoutOthersTasks(request, tasks)).own;
  } catch (cause) {
    throw new ProviderError("storage_failed", "Cannot look up whose tasks are named", { cause });
  }
}

import { isOperationId } from "../../../../shared/contract/operations.ts";
import { findOperation, isProviderId } from "../../../../shared/providers/catalog.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { CallerTasks } from "../../../../shared/tasks/caller_tasks.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import {
  type OwnedParameters,
  withoutOthersTasks,
} from "../../../../shared/tasks/task_references.ts";

/**
 * The parameters of a task without references to other users' tasks. Throws a ProviderError if the
 * owner cannot be looked up now, or if the rest is not enough.
 */
export async function ownParameters(
  tasks: Pick<CallerTasks, "ownsProviderTask">,
  { provider, operation, parameters, userId }: Claim,
): Promise<unknown> {
  if (!isProviderId(provider) || !isOperationId(operation)) return parameters;
  const request = { provider, operation, userId, parameters: Object(parameters) };
  const { own, others } = await lookUp(request, tasks);
  const isEnough = findOperation(provider, operation)?.schema.safeParse(own).success ?? true;
  if (others.length > 0 && !isEnough) {
    // The submit has checked it: the task that is named was deleted since.
    throw new ProviderError("invalid_input", `Not enough without ${others.join(", ")}`);
  }
  return own;
}

async function lookUp(
  request: OwnedParameters,
  tasks: Pick<CallerTasks, "ownsProviderTask">,
): ReturnType<typeof withoutOthersTasks> {
  try {
    return await withoutOthersTasks(request, tasks);
  } catch (cause) {
    throw new ProviderError("storage_failed", "Cannot look up whose tasks are named", { cause });
  }
}

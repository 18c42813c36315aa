import { isOperationId } from "../../../../shared/contract/operations.ts";
import { withoutForeignTasks } from "../../../../shared/tasks/task_references.ts";
import { isProviderId } from "../../../../shared/providers/catalog.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import type { OwnsProviderTask } from "../../../../shared/tasks/owns_provider_task.ts";

/** The parameters of a task, as far as they name nothing that is not its user's. */
export type OwnParameters = (claim: Claim) => Promise<unknown>;

/** Throws a ProviderError if that cannot be told now. */
export function createOwnParameters(ownsProviderTask: OwnsProviderTask): OwnParameters {
  return async ({ provider, operation, parameters, userId }) => {
    if (!isProviderId(provider) || !isOperationId(operation)) return parameters;
    const request = { provider, operation, userId, parameters: Object(parameters) };
    try {
      return (await withoutForeignTasks(request, ownsProviderTask)).own;
    } catch (cause) {
      throw new ProviderError("storage_failed", "Cannot tell whose tasks are named", { cause });
    }
  };
}

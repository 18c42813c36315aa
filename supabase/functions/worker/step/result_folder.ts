import type { AssetKind } from "../../../../shared/contract/operations.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";

const FOLDERS = { image: "concepts", model: "models" };

/** Where the files of a task are in the bucket of results; `private.result_folder` says the same. */
export function resultFolder(
  { userId, taskId }: Pick<Claim, "userId" | "taskId">,
  kind: AssetKind,
): string {
  return `${userId}/${FOLDERS[kind]}/${taskId}`;
}

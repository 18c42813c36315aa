import { viewAddress } from "../shell/route.ts";
import { assetText, sourcesOf } from "./result_address.ts";
import { promptOf, type Task } from "./task.ts";

/** The form with what a task was asked for: to send it again, or changed. */
export function againAddress(task: Task): string {
  const prompt = promptOf(task);
  const [source] = sourcesOf(task);
  return viewAddress("create", {
    operation: task.operation,
    provider: task.provider,
    ...(prompt !== undefined && { prompt }),
    ...(source && { asset: assetText(source) }),
  });
}

import { optionsOf, optionsText } from "../request/asked_options.ts";
import { viewAddress } from "../shell/route.ts";
import { assetText, sourcesOf } from "./result_address.ts";
import { promptOf, type Task } from "./task.ts";

/** The form with what a task was asked for: to send it again, or changed. */
export function againAddress(task: Task): string {
  const prompt = promptOf(task);
  const [source] = sourcesOf(task);
  // A model's name at its provider belongs to the model, which may be another one then.
  const { draft_model_task_id: _, ...asked } = task.parameters ?? {};
  return viewAddress("create", {
    operation: task.operation,
    provider: task.provider,
    ...(prompt !== undefined && { prompt }),
    ...(task.parameters && { options: optionsText(optionsOf(asked)) }),
    ...(source && { asset: assetText(source) }),
  });
}

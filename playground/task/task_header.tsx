import type { JSX } from "preact";
import { promptOf, type Task } from "./task.ts";
import { dayAndTime } from "../shell/amounts.ts";
import { OPERATION_NAMES, providerNameOf } from "../operations/words.ts";
import { STATUS_NAMES } from "./words.ts";

/** What was asked for, of whom, and where it stands. */
export function TaskHeader({ task }: { readonly task: Task }): JSX.Element {
  const { operation, provider, status, createdAt } = task;
  const prompt = promptOf(task);
  return (
    <div class="task-header">
      <div class="row">
        <h2>{OPERATION_NAMES[operation] ?? operation}</h2>
        <span class={`state-badge badge-${status}`}>{STATUS_NAMES[status]}</span>
        <span class="hint">
          by {providerNameOf(provider)}, <time dateTime={createdAt}>{dayAndTime(createdAt)}</time>
        </span>
      </div>
      {prompt && <blockquote class="task-prompt">{prompt}</blockquote>}
    </div>
  );
}

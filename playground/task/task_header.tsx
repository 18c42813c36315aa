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
      {prompt && <Prompt words={prompt} />}
    </div>
  );
}

/** More characters than that scroll: what was made of them is what one looks for. */
const MOST_CHARACTERS = 280;

function Prompt({ words }: { readonly words: string }): JSX.Element {
  if (words.length <= MOST_CHARACTERS) return <blockquote class="task-prompt">{words}</blockquote>;
  // Who has no mouse scrolls by keys, which go to what has the focus.
  return <blockquote class="task-prompt task-prompt-long" tabIndex={0}>{words}</blockquote>;
}

import type { JSX } from "preact";
import { taskAddress } from "../shell/route.ts";
import { pictureOf, type Task } from "./task.ts";
import { type LineageEntry, useLineage } from "./use_lineage.ts";
import { OPERATION_NAMES } from "../operations/words.ts";

/** What led to a task and what came of it, step by step; nothing for one that stands alone. */
export function LineageStrip({ task }: { readonly task: Task }): JSX.Element | null {
  const entries = useLineage(task);
  if (entries.length < 2) return null;
  return (
    <nav class="lineage" aria-label="How it came about">
      <ol>
        {entries.map((entry) => (
          <li key={entry.id}>
            <LineageLink entry={entry} isHere={entry.id === task.id} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface LineageLinkProps {
  readonly entry: LineageEntry;
  readonly isHere: boolean;
}

function LineageLink({ entry: { id, task }, isHere }: LineageLinkProps): JSX.Element {
  if (!task) return <span class="lineage-step muted">Not there any more</span>;
  const picture = pictureOf(task);
  return (
    <a
      class="lineage-step"
      href={taskAddress(id)}
      {...(isHere && { "aria-current": "page" as const })}
    >
      {picture ? <img src={picture} alt="" /> : <span class="lineage-blank" aria-hidden="true" />}
      <span>{OPERATION_NAMES[task.operation]}</span>
    </a>
  );
}

import type { JSX } from "preact";
import type { Task } from "../task.ts";
import { nextUsesOf } from "./next_uses.ts";

interface NextUseLinksProps {
  readonly task: Task;
  readonly index: number;
}

/** What can be made of a result next. */
export function NextUseLinks({ task, index }: NextUseLinksProps): JSX.Element | null {
  const uses = nextUsesOf(task, index);
  if (uses.length === 0) return null;
  return (
    <nav class="next-uses" aria-label="Use as the input of">
      <span class="muted">Use as input of</span>
      {uses.map(({ operation, name, address }, place) => (
        <a key={operation} class={place === 0 ? "button primary" : "button"} href={address}>
          {name}
        </a>
      ))}
    </nav>
  );
}

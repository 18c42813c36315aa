import type { JSX } from "preact";
import type { Goal } from "../operations/words.ts";

const PATHS: Readonly<Record<Goal, string>> = {
  "Make an image": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  "Change an image": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3M4 20h16",
  "Make a 3D model": "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
};

export function GoalIcon({ goal }: { readonly goal: Goal }): JSX.Element {
  return (
    <svg class="goal-icon" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path d={PATHS[goal]} />
    </svg>
  );
}

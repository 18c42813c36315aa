import type { Generation } from "@makeit3d/client";
import type { JSX } from "preact";
import { useTask } from "./use_task.ts";

interface TaskPanelProps {
  readonly id: string;
  /** What this page has just submitted; without it the task is followed by its id. */
  readonly generation?: Generation | undefined;
}

/** Life and results of one task. */
export function TaskPanel({ id, generation }: TaskPanelProps): JSX.Element {
  const { task, obstacle, refusal } = useTask(id, generation);
  return (
    <section class="task-panel stack" aria-label="Task">
      {refusal && <p role="alert" class="problem">{refusal.message}</p>}
      {obstacle && <p class="warning">Trying again: {obstacle.message}</p>}
      <p role="status">{task?.status ?? "Reading…"}</p>
      {task?.assets.map(({ url }) => <img key={url} src={url} alt="" />)}
    </section>
  );
}

import type { JSX } from "preact";
import { TaskPanel } from "./task_panel.tsx";

/** One task, by its address. */
export function TaskView({ id }: { readonly id: string }): JSX.Element {
  return (
    <>
      <h1 class="visually-hidden">Task</h1>
      <TaskPanel id={id} />
    </>
  );
}

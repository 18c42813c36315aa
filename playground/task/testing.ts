import type { Task } from "./task.ts";

/** A task that was accepted at noon, with changes. */
export function taskWith(changes: Partial<Task> = {}): Task {
  return {
    id: "752a0db4-1c1b-4bfa-ac1d-e503844e1cf3",
    taskId: "my-task",
    operation: "text-to-image",
    provider: "openai",
    status: "pending",
    version: 1,
    createdAt: "2026-11-29T12:00:00Z",
    assets: [],
    ...changes,
  };
}

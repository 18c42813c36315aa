import type { Task } from "@makeit3d/client";

/** What the views call where a task stands. */
export const STATUS_NAMES: Readonly<Record<Task["status"], string>> = {
  pending: "Waiting",
  processing: "Being made",
  complete: "Done",
  failed: "Failed",
  canceled: "Canceled",
};

import type { Operation, Task } from "@makeit3d/client";

/** What the views call an operation. */
export const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  "text-to-image": "Text to image",
  "image-to-image": "Image to image",
  "sketch-to-image": "Sketch to image",
  "image-inpaint": "Repaint a part",
  "remove-background": "Remove background",
  "search-and-recolor": "Recolour an object",
  "text-to-model": "Text to model",
  "image-to-model": "Image to model",
  "refine-model": "Refine model",
};

/** What the views call where a task stands. */
export const STATUS_NAMES: Readonly<Record<Task["status"], string>> = {
  pending: "Waiting",
  processing: "Being made",
  complete: "Done",
  failed: "Failed",
  canceled: "Canceled",
};

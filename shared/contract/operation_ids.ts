/** What a client can ask for. What each takes and yields is in `operations.ts`. */
export const operationIds = [
  "image-to-image",
  "text-to-image",
  "text-to-model",
  "image-to-model",
  "sketch-to-image",
  "image-inpaint",
  "remove-background",
  "search-and-recolor",
  "refine-model",
] as const;

export type OperationId = (typeof operationIds)[number];

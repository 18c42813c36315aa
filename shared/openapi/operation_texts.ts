import type { OperationId } from "../contract/operations.ts";

/** What each operation is for, in the words of the reference. */
export const operationTexts: Readonly<Record<OperationId, string>> = {
  "image-to-image": "Variations of a picture.",
  "text-to-image": "Pictures from words.",
  "text-to-model": "A 3D model from words.",
  "image-to-model":
    "A 3D model from a picture, or from up to four views in the order front, left, back, right.",
  "sketch-to-image": "A picture from a drawing by hand.",
  "image-inpaint":
    "Part of a picture, drawn anew. The mask has the size of the picture, and only black and white: " +
    "what is white changes, what is black stays; any grey is refused.",
  "remove-background": "The subject of a picture, cut out.",
  "search-and-recolor": "An object in a picture, found by its name, in other colours.",
  "refine-model":
    "A 3D model with a new surface. An earlier task of the provider, named by draft_model_task_id, is " +
    "used instead of the file; it is the ai_service_task_id of a row in models.",
};

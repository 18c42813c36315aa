import type { Operation } from "@makeit3d/client";
import type { Control } from "./controls.ts";

/** What an operation is called where somebody chooses who has never seen the API. */
export interface OperationWords {
  readonly goal: Goal;
  readonly name: string;
  /** One line on what one gives and gets. */
  readonly hint: string;
  /** What the button says. */
  readonly action: string;
}

export const GOALS = ["Make an image", "Change an image", "Make a 3D model"] as const;

export type Goal = typeof GOALS[number];

const OPERATIONS: Readonly<Record<string, OperationWords>> = {
  "text-to-image": {
    goal: "Make an image",
    name: "From words",
    hint: "Say what it is to show.",
    action: "Make image",
  },
  "image-to-image": {
    goal: "Make an image",
    name: "From a picture",
    hint: "A new picture after one that you have.",
    action: "Make image",
  },
  "sketch-to-image": {
    goal: "Make an image",
    name: "From a sketch",
    hint: "Draw the outline; the rest is painted.",
    action: "Make image",
  },
  "image-inpaint": {
    goal: "Change an image",
    name: "Repaint a part",
    hint: "Brush over what is to change.",
    action: "Repaint",
  },
  "remove-background": {
    goal: "Change an image",
    name: "Remove background",
    hint: "Only the subject stays.",
    action: "Cut out",
  },
  "search-and-recolor": {
    goal: "Change an image",
    name: "Recolour a thing",
    hint: "Name the thing, and its new colours.",
    action: "Recolour",
  },
  "text-to-model": {
    goal: "Make a 3D model",
    name: "From words",
    hint: "Say what it is to be.",
    action: "Make model",
  },
  "image-to-model": {
    goal: "Make a 3D model",
    name: "From pictures",
    hint: "One picture is enough; four views are better.",
    action: "Make model",
  },
  "refine-model": {
    goal: "Make a 3D model",
    name: "New surface",
    hint: "Paints a model anew.",
    action: "Paint model",
  },
};

/** What an operation is called where it stands alone. */
export const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  "text-to-image": "Text to image",
  "image-to-image": "Image to image",
  "sketch-to-image": "Sketch to image",
  "image-inpaint": "Repaint a part",
  "remove-background": "Remove background",
  "search-and-recolor": "Recolour a thing",
  "text-to-model": "Text to model",
  "image-to-model": "Image to model",
  "refine-model": "New surface",
};

/** What an operation is called where it stands alone; one that the page does not know has its own name. */
export function operationNameOf(operation: string): string {
  const names: Readonly<Record<string, string>> = OPERATION_NAMES;
  return names[operation] ?? sentence(operation);
}

const PROVIDERS: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  stability: "Stability",
  recraft: "Recraft",
  flux: "Flux",
  tripo: "Tripo",
};

/** What a provider is called; one that the page does not know yet has its own name. */
export function providerNameOf(provider: string): string {
  return PROVIDERS[provider] ?? provider;
}

/** An operation that the page does not know yet has its own name, and stands by what it yields. */
export function wordsOf(operation: string): OperationWords {
  const goal = operation.endsWith("-model") ? "Make a 3D model" : "Make an image";
  return OPERATIONS[operation] ?? { goal, name: sentence(operation), hint: "", action: "Make" };
}

const FIELDS: Readonly<Record<string, string>> = {
  n: "Number of images",
  select_prompt: "Thing to recolour",
  negative_prompt: "Leave out",
  pbr: "Physically based surface",
  style_preset: "Look",
  prompt_upsampling: "Longer prompt",
  grow_mask: "Softer edges",
  face_limit: "Most faces",
  auto_size: "Real-world size",
  draft_model_task_id: "Earlier model at the provider",
};

/** What a field is called. */
export function labelOf(field: string): string {
  return FIELDS[field] ?? sentence(field);
}

/** What helps with a field, where that says more than its label, in the words of a form. */
export function hintOf(
  { name, description, kind }: Pick<Control, "name" | "description" | "kind">,
): string {
  const [first = "", ...rest] = description.split("; ");
  const isLabel = first.toLowerCase() === labelOf(name).toLowerCase();
  // Of a field that is not sent, the API says that it is absent: nobody sees that in a form.
  const absent = kind === "text" ? "empty" : "automatic";
  return asSentence(
    (isLabel ? rest : [first, ...rest]).join("; ").replace(/\babsent:/, `${absent}:`),
  );
}

/** With a capital, but where it begins with a name: `v3.1 makes …`. */
export function asSentence(words: string): string {
  return words.replace(/^[a-z]+ /, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

export function slotLabel(slot: string, isView: boolean): string {
  if (isView) return slot === "image" ? "Front" : sentence(slot);
  return slot === "image" ? "Picture" : sentence(slot);
}

const OPTIONS: Readonly<Record<string, string>> = {
  "3d-model": "3D model",
  auto: "Automatic",
  hd: "HD",
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
};

/** An option of a choice as people read it: `digital-art` is "Digital art". */
export function optionLabel(option: string | number): string {
  const text = String(option);
  const isWords = /^[a-z]+(?:[-_][a-z]+)*$/.test(text);
  return OPTIONS[text] ?? (isWords ? sentence(text) : text.replace(/^(\d+)x(\d+)$/, "$1 × $2"));
}

function sentence(name: string): string {
  const words = name.replaceAll(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

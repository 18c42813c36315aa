import type { Property, RequestSchema } from "./api_document.ts";

interface Described {
  /** As the API names it. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly description: string;
}

export interface TextControl extends Described {
  readonly kind: "text";
  /** In characters. */
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
  /** The field without which this one is required, too: one of both has to be there. */
  readonly requiredWithout: string | undefined;
}

export interface ChoiceControl extends Described {
  readonly kind: "choice";
  readonly options: readonly (string | number)[];
  readonly default: string | number | undefined;
}

export interface NumberControl extends Described {
  readonly kind: "number";
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly isWhole: boolean;
  readonly default: number | undefined;
}

export interface SwitchControl extends Described {
  readonly kind: "switch";
  readonly default: boolean;
}

/** One file, or several views of one thing. */
export interface FileControl extends Described {
  readonly kind: "file";
  /** Where its files lie in a draft, in the API's order. The first view is the image of other operations. */
  readonly slots: readonly FileSlotName[];
  readonly isList: boolean;
}

export type Control = TextControl | ChoiceControl | NumberControl | SwitchControl | FileControl;

export type FileSlotName = "image" | "left" | "back" | "right" | "mask" | "sketch" | "model";

const VIEWS: readonly FileSlotName[] = ["image", "left", "back", "right"];
const SINGLE: readonly FileSlotName[] = ["image", "mask", "sketch", "model"];

/** What no one needs to be asked: the page chooses it, or it changes nothing. */
const WITHOUT_QUESTION = ["task_id", "provider"];
const WITHOUT_EFFECT = /^(?:Without effect|Ignored)\b/;
/** What a schema's lists of required fields cannot say. */
const REQUIRED_WITHOUT = /\brequired without an? (\w+)/;

/** What a form asks for, in the order of the schema. */
export function controlsOf({ properties, required }: RequestSchema): readonly Control[] {
  return Object.entries(properties)
    .filter(([name, { description = "" }]) =>
      !WITHOUT_QUESTION.includes(name) && !WITHOUT_EFFECT.test(description)
    )
    .map(([name, property]) => controlOf(name, property, required.includes(name)));
}

function controlOf(name: string, property: Property, isRequired: boolean): Control {
  const described = { name, isRequired, description: property.description ?? "" };
  const file = fileControlOf(described, property);
  if (file) return file;
  const { default: preset, minimum, maximum } = property;
  if (property.enum) {
    const isOption = typeof preset === "string" || typeof preset === "number";
    const chosen = isOption ? preset : undefined;
    return { ...described, kind: "choice", options: property.enum, default: chosen };
  }
  switch (property.type) {
    case "boolean":
      return { ...described, kind: "switch", default: preset === true };
    case "number":
    case "integer": {
      const isWhole = property.type === "integer";
      const number = typeof preset === "number" ? preset : undefined;
      return { ...described, kind: "number", minimum, maximum, isWhole, default: number };
    }
    default: {
      const { maxLength, pattern } = property;
      const [, requiredWithout] = REQUIRED_WITHOUT.exec(described.description) ?? [];
      return { ...described, kind: "text", maxLength, pattern, requiredWithout };
    }
  }
}

function fileControlOf(described: Described, { maxItems = 1 }: Property): FileControl | undefined {
  const [, subject, plural] = /^input_(.+)_asset_url(s?)$/.exec(described.name) ?? [];
  if (subject === undefined) return undefined;
  if (plural === "s") {
    return { ...described, kind: "file", slots: VIEWS.slice(0, maxItems), isList: true };
  }
  const slot = SINGLE.find((name) => name === subject);
  if (!slot) throw new Error(`The page has no place for a file "${subject}"`);
  return { ...described, kind: "file", slots: [slot], isList: false };
}

/** The name of a file's field in the client: `image` for `input_image_asset_url`. */
export function clientName(name: string): string {
  return name.replace(/^input_(.+)_asset_url(s?)$/, "$1$2");
}

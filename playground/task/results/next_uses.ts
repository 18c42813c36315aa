import type { Operation } from "@makeit3d/client";
import { viewAddress } from "../../shell/route.ts";
import { assetText } from "../result_address.ts";
import { type Asset, isModel, promptOf, type Task } from "../task.ts";
import { OPERATION_NAMES } from "../../operations/words.ts";

/** What can be made of a result next. */
export interface NextUse {
  readonly operation: Operation;
  readonly name: string;
  readonly address: string;
}

/** The way to a model comes first, what helps on it second. */
const OF_IMAGES: readonly Operation[] = [
  "image-to-model",
  "remove-background",
  "image-to-image",
  "image-inpaint",
  "search-and-recolor",
];
const OF_MODELS: readonly Operation[] = ["refine-model"];

/** What services read: a drawing in vectors is not of it. */
const PICTURES = ["image/png", "image/jpeg", "image/webp"];

/** The operations that take a result, the one that leads on first. None for what no service reads. */
export function nextUsesOf(task: Task, index: number): readonly NextUse[] {
  const asset = task.assets[index];
  if (!asset) return [];
  return operationsOf(asset, task.operation).map((operation) => ({
    operation,
    name: OPERATION_NAMES[operation],
    address: viewAddress("create", {
      operation,
      asset: assetText({ taskId: task.id, index }),
      ...promptFor(operation, task),
    }),
  }));
}

function operationsOf(asset: Asset, made: Operation): readonly Operation[] {
  if (isModel(asset)) return OF_MODELS;
  if (!PICTURES.includes(asset.mediaType ?? "image/png")) return [];
  // What is cut out already needs no second cut.
  return made === "remove-background"
    ? OF_IMAGES.filter((operation) => operation !== "remove-background")
    : OF_IMAGES;
}

/** A surface is made by the words that the model was made by; other operations want new ones. */
function promptFor(operation: Operation, task: Task): { readonly prompt?: string } {
  const prompt = operation === "refine-model" ? promptOf(task) : undefined;
  return prompt === undefined ? {} : { prompt };
}

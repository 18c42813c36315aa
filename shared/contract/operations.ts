import { z } from "zod";
import { assetUrl, prompt } from "./fields.ts";

/** What an operation takes from the client, and what it yields. */
export interface Operation {
  /** The fields that every provider of the operation understands. */
  readonly input: z.ZodObject;
  /** Those of them that name files in Storage. */
  readonly assets: readonly string[];
  /** Decides the table of the results and their folder. */
  readonly output: "image" | "model";
}

export const operations = {
  "image-to-image": {
    input: z.object({ prompt, input_image_asset_url: assetUrl }),
    assets: ["input_image_asset_url"],
    output: "image",
  },
  "text-to-image": { input: z.object({ prompt }), assets: [], output: "image" },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

export function isOperationId(value: string): value is OperationId {
  return Object.hasOwn(operations, value);
}

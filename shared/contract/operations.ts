import { z } from "zod";
import { prompt } from "./fields.ts";

/** What an operation takes from the client, and what it yields. */
export interface Operation {
  /** The fields that every provider of the operation understands. */
  readonly input: z.ZodObject;
  /** Decides the table of the results and their folder. */
  readonly output: "image" | "model";
}

export const operations = {
  "text-to-image": { input: z.object({ prompt }), output: "image" },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

export function isOperationId(value: string): value is OperationId {
  return Object.hasOwn(operations, value);
}

/**
 * What the tests of the simulated OpenAI share.
 *
 * @module
 */
import type { Hono } from "hono";
import { z } from "zod";
import { type FaultOrder, orderFault as orderFaultOf } from "../testing.ts";

export {
  authorization,
  createTestApp,
  formRequest,
  jsonRequest,
  pictureFile,
  readCalls,
} from "../testing.ts";

export const MODEL = "gpt-image-2.5-flare-2026-09-08";
export const GENERATIONS = "/openai/v1/images/generations";
export const EDITS = "/openai/v1/images/edits";

/**
 * The smallest legal generation; its size is small because drawing takes time.
 */
export const generation = { model: MODEL, prompt: "a clay robot", size: "1024x640" };

const errorBodySchema = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string().nullable(),
    moderation_details: z.unknown().optional(),
  }),
});

/** What a refusal says, without its message, which may change. */
export async function readRefusal(
  response: Response,
): Promise<readonly [status: number, type: string, code: string | null, param: string | null]> {
  const { error } = errorBodySchema.parse(await response.json());
  return [response.status, error.type, error.code, error.param];
}

const imagesBodySchema = z.object({
  created: z.number(),
  background: z.string(),
  output_format: z.string(),
  quality: z.string(),
  size: z.string(),
  safety_identifier: z.string().nullable(),
  data: z.array(z.object({ b64_json: z.string() })),
  usage: z.object({
    input_tokens: z.number(),
    input_tokens_details: z.object({ text_tokens: z.number(), image_tokens: z.number() }),
    output_tokens: z.number(),
    output_tokens_details: z.object({ text_tokens: z.number(), image_tokens: z.number() }),
    total_tokens: z.number(),
  }),
});

/** Reads a successful answer. */
export async function readImages(response: Response): Promise<z.infer<typeof imagesBodySchema>> {
  return imagesBodySchema.parse(await response.json());
}

/** Orders a fault for the next call. */
export async function orderFault(app: Hono, fault: FaultOrder): Promise<void> {
  await orderFaultOf(app, "openai", fault);
}

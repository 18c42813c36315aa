/**
 * What the tests of the simulated OpenAI share.
 *
 * @module
 */
import type { Hono } from "hono";
import { z } from "zod";
import { createSimulatorApp, type SimulatorOptions } from "../app.ts";
import { drawImage, type ImageOrder } from "../images.ts";
import type { LedgerEntry } from "../ledger.ts";

export const MODEL = "gpt-image-2.5-flare-2026-09-08";
export const GENERATIONS = "/openai/v1/images/generations";
export const EDITS = "/openai/v1/images/edits";
export const authorization = { authorization: "Bearer sk-simulated" };

/**
 * The smallest legal generation; its size is small because drawing takes time.
 */
export const generation = { model: MODEL, prompt: "a clay robot", size: "1024x640" };

/** An app on the day for which the table of models was written. */
export function createTestApp(options: Partial<SimulatorOptions> = {}): Hono {
  const now = (): Date => new Date("2026-11-23T12:00:00Z");
  return createSimulatorApp({ latencyMs: 0, now, ...options });
}

/** A JSON request with a valid key. */
export function jsonRequest(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { ...authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** A form request with a valid key; the platform sets the content type. */
export function formRequest(parts: readonly (readonly [string, string | File])[]): RequestInit {
  const body = new FormData();
  for (const [name, value] of parts) body.append(name, value);
  return { method: "POST", headers: authorization, body };
}

/**
 * A picture as a client hands it in; its side is 64 pixels unless told
 * otherwise.
 */
export async function pictureFile(
  order: Partial<ImageOrder> = {},
  type = `image/${order.format ?? "png"}`,
): Promise<File> {
  const bytes = await drawImage({
    width: 64,
    height: 64,
    seed: "input",
    index: 0,
    format: "png",
    ...order,
  });
  return new File([bytes], "input.png", { type });
}

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

/** The ledger, as the control route shows it. */
export async function readCalls(app: Hono): Promise<readonly LedgerEntry[]> {
  const body: { calls: readonly LedgerEntry[] } = await (await app.request("/_calls")).json();
  return body.calls;
}

/** Orders a fault for the next call. */
export async function orderFault(
  app: Hono,
  fault: { kind: string; operation?: string; times?: number; latency_ms?: number },
): Promise<void> {
  const body = { provider: "openai", times: 1, ...fault };
  const response = await app.request("/_faults", jsonRequest(body));
  if (response.status !== 201) {
    throw new Error(`Cannot order the fault: ${await response.text()}`);
  }
}

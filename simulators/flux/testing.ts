/**
 * What the tests of the simulated FLUX share.
 *
 * @module
 */
import type { Hono } from "hono";
import { z } from "zod";
import type { ImageOrder } from "../images.ts";
import { type FaultOrder, orderFault as orderFaultOf, pictureFile } from "../testing.ts";

export const KONTEXT = "/flux/v1/flux-kontext-pro";
export const KONTEXT_MAX = "/flux/v1/flux-kontext-max";
export const FLUX_2 = "/flux/v1/flux-2-pro";

export const key = { "x-key": "bfl-simulated" };
/** The smallest legal request to every model. */
export const edit = { prompt: "make it blue" };

/** A JSON request with a valid key. */
export function jsonRequest(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { ...key, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** A picture as it stands in a request. */
export async function base64Picture(order: Partial<ImageOrder> = {}): Promise<string> {
  return (await (await pictureFile(order)).bytes()).toBase64();
}

const handleSchema = z.object({
  id: z.string(),
  polling_url: z.string(),
  cost: z.null(),
  input_mp: z.null(),
  output_mp: z.null(),
});

/** The handle of a job that was taken. */
export async function readHandle(response: Response): Promise<z.infer<typeof handleSchema>> {
  return handleSchema.parse(await response.json());
}

const stateSchema = z.object({
  id: z.string(),
  status: z.string(),
  result: z.object({ sample: z.string().optional(), seed: z.number() }).nullable(),
  progress: z.number().nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
  preview: z.null(),
  cost: z.number().optional(),
  input_mp: z.number().optional(),
  output_mp: z.number().optional(),
});

export type State = z.infer<typeof stateSchema>;

/** A job, as its owner sees it. */
export async function poll(app: Hono, pollingUrl: string): Promise<State> {
  const response = await app.request(pollingUrl, { headers: key });
  return stateSchema.parse(await response.json());
}

/** Submits, and gives the job's first state. */
export async function run(app: Hono, path: string, body: unknown): Promise<State> {
  const handle = await readHandle(await app.request(path, jsonRequest(body)));
  return await poll(app, handle.polling_url);
}

const faultsSchema = z.object({
  detail: z.array(z.object({ type: z.string(), loc: z.array(z.unknown()), msg: z.string() })),
});

/** What a 422 says, without its messages, which may change. */
export async function readFieldFaults(response: Response): Promise<readonly string[]> {
  const { detail } = faultsSchema.parse(await response.json());
  return [
    String(response.status),
    ...detail.map(({ type, loc }) => `${loc.join(".")}: ${type}`),
  ];
}

export async function orderFault(app: Hono, fault: FaultOrder): Promise<void> {
  await orderFaultOf(app, "flux", fault);
}

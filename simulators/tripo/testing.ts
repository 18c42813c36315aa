/**
 * What the tests of the simulated Tripo share.
 *
 * @module
 */
import type { Hono } from "hono";
import { z } from "zod";
import { buildModel } from "../models.ts";
import {
  type FaultOrder,
  formRequest,
  orderFault as orderFaultOf,
  pictureFile,
} from "../testing.ts";

export const TEXT_TO_MODEL = "/tripo/v3/generation/text-to-model";
export const IMAGE_TO_MODEL = "/tripo/v3/generation/image-to-model";
export const MULTIVIEW_TO_MODEL = "/tripo/v3/generation/multiview-to-model";
export const TEXTURE = "/tripo/v3/models/texture";
export const IMPORT = "/tripo/v3/models/import";
export const FILES = "/tripo/v3/files";
export const PRESIGN = "/tripo/v3/files/presign";

export const MODEL = "v3.1-20260211";
/** The smallest legal requests. */
export const fromText = { prompt: "a castle", model: MODEL };
export const fromImage = { input: "", model: MODEL };

export const readable = { headers: { authorization: "Bearer sk-simulated" } };

/** A picture of the smallest size that is taken. */
export async function imageFile(name = "input.png", seed = "input"): Promise<File> {
  return await pictureFile({ width: 256, height: 256, seed }, "image/png", name);
}

export async function modelUpload(name = "input.glb", seed = "input"): Promise<File> {
  return new File([await buildModel({ seed })], name, { type: "model/gltf-binary" });
}

/** Hands a file in, and gives its token. */
export async function upload(app: Hono, file: File): Promise<string> {
  const { data } = await readData(await app.request(FILES, formRequest([["file", file]])));
  return z.object({ file_token: z.string() }).parse(data).file_token;
}

const successSchema = z.object({ code: z.literal(0), data: z.unknown() });

export async function readData(response: Response): Promise<z.infer<typeof successSchema>> {
  return successSchema.parse(await response.json());
}

/** The id of a task that was taken. */
export async function readTaskId(response: Response): Promise<string> {
  const { data } = await readData(response);
  return z.object({ task_id: z.string() }).parse(data).task_id;
}

export const taskSchema = z.object({
  task_id: z.string(),
  type: z.string(),
  status: z.string(),
  progress: z.number(),
  input: z.record(z.string(), z.unknown()),
  output: z.object({
    model_url: z.string().optional(),
    model_urls: z.array(z.string()).optional(),
    pbr_model_url: z.string().optional(),
    base_model_url: z.string().optional(),
    rendered_image_url: z.string().optional(),
  }),
  credits_consumed: z.number(),
  created_at: z.string(),
  completed_at: z.string().optional(),
  error_code: z.number().optional(),
  error_message: z.string().optional(),
});

/** A task, as its owner sees it. */
export async function readTask(app: Hono, id: string): Promise<z.infer<typeof taskSchema>> {
  const { data } = await readData(await app.request(`/tripo/v3/tasks/${id}`, readable));
  return taskSchema.parse(data);
}

const errorSchema = z.object({
  code: z.number(),
  status: z.literal("error"),
  message: z.string(),
  suggestion: z.string(),
  request_id: z.string(),
});

/** What a refusal says, without its message, which may change. */
export async function readRefusal(
  response: Response,
): Promise<readonly [status: number, code: number]> {
  return [response.status, errorSchema.parse(await response.json()).code];
}

export async function orderFault(app: Hono, fault: FaultOrder): Promise<void> {
  await orderFaultOf(app, "tripo", fault);
}

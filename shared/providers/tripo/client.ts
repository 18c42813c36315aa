import { z } from "zod";
import type { Asset, CallContext, ProviderSettings, Running } from "../adapter.ts";
import { type Api, type ClientChoice, createApi } from "../transport/api.ts";
import { fileOf } from "../transport/multipart.ts";
import { writeMark } from "./mark.ts";
import { classifyError, isErrorBody, isOwnError } from "./failure.ts";
import { tripo } from "./mod.ts";
import { MAX_CALL_SECONDS } from "./options.ts";

// https://developers.tripo3d.ai/en/docs/, version 3

const UPLOAD_TIMEOUT_SECONDS = 120;

export const FIRST_POLL_SECONDS = 2;

const submitted = z.object({ data: z.object({ task_id: z.string().min(1) }) });
const uploaded = z.object({ data: z.object({ file_token: z.string().min(1) }) });
export function createTripoApi({ apiKey, baseUrl, resultHosts }: ProviderSettings): Api {
  return createApi({
    provider: tripo,
    baseUrl,
    resultHosts,
    credentials: { authorization: `Bearer ${apiKey}` },
    requestIdHeader: "x-tripo-trace-id",
    // What is not acted on is answered with 429 or 503.
    unknownOutcomeStatuses: [408, 425, 500],
    classify: classifyError,
    isErrorBody,
    isOwnError,
  });
}

/** What is asked for, and the field that our seed goes into. */
export interface TaskOrder {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly model: string };
  readonly seedField: "model_seed" | "texture_seed";
  /** Names of files that were handed in for it alone. */
  readonly fileTokens?: readonly string[];
}

/** Orders a task; its id is the handle. */
export async function submitTask(
  api: Api,
  { path, body, seedField, fileTokens = [] }: TaskOrder,
  { signal, markSent, seed }: CallContext,
  choice: ClientChoice,
): Promise<Running> {
  const { body: answer, requestId } = await api.json({
    path,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...body, [seedField]: seed }),
    billable: () => markSent(writeMark({ seed, fileTokens })),
    ...choice,
    timeoutSeconds: MAX_CALL_SECONDS,
    signal,
  }, submitted);
  const { task_id } = answer.data;
  const call = { model: body.model, providerRequestId: requestId, providerTaskId: task_id };
  return { state: "running", handle: task_id, pollAfterSeconds: FIRST_POLL_SECONDS, call };
}

/**
 * Uploads an input and returns the name it has there. The service fetches public files itself, but
 * ours need not be public, or reachable from there.
 */
export async function uploadFile(api: Api, asset: Asset, signal: AbortSignal): Promise<string> {
  const body = new FormData();
  body.append("file", fileOf(asset, "input"));
  const { body: answer } = await api.json({
    path: "/files",
    body,
    billable: false,
    timeoutSeconds: UPLOAD_TIMEOUT_SECONDS,
    signal,
  }, uploaded);
  return answer.data.file_token;
}

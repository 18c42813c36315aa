import { z } from "zod";
import type { Adapter, Asset, CallContext, ProviderSettings, Running } from "../adapter.ts";
import { createApi } from "../api.ts";
import { fileOf } from "../form.ts";
import { requestOf } from "../provider.ts";
import { ProviderError } from "../provider_error.ts";
import { isRefusal, judgeRefusal, taskFailure } from "./failure.ts";
import { imageToModel } from "./image_to_model.ts";
import { refineModel } from "./refine_model.ts";
import { textToModel } from "./text_to_model.ts";
import { tripo } from "./mod.ts";

const SUBMIT_TIMEOUT_SECONDS = 60;
const UPLOAD_TIMEOUT_SECONDS = 120;
const POLL_TIMEOUT_SECONDS = 20;

const USD_PER_CREDIT = 0.01;

const FAILED = ["failed", "cancelled", "banned", "expired"];
const RUNNING = ["queued", "running"];

const submitted = z.object({ data: z.object({ task_id: z.string().min(1) }) });
const uploaded = z.object({ data: z.object({ file_token: z.string().min(1) }) });
const address = z.string().optional().catch(undefined);
const task = z
  .object({
    data: z.object({
      status: z.string(),
      progress: z.number().nullish().catch(undefined),
      // The last three are names of older answers.
      output: z
        .object({ model_url: address, pbr_model: address, model: address, base_model: address })
        .nullish()
        .catch(undefined),
      credits_consumed: z.number().nullish().catch(undefined),
      error_code: z.number().nullish().catch(undefined),
      error_message: z.string().nullish().catch(undefined),
    }),
  })
  .transform(({ data: { output, ...facts } }) => ({
    ...facts,
    modelUrl: output?.model_url ?? output?.pbr_model ?? output?.model ?? output?.base_model,
  }));

type Task = z.output<typeof task>;

export function createTripoAdapter({ apiKey, baseUrl }: ProviderSettings): Adapter {
  const api = createApi({
    provider: tripo,
    baseUrl,
    credentials: { authorization: `Bearer ${apiKey}` },
    requestIdHeader: "x-tripo-trace-id",
    judge: judgeRefusal,
    isRefusal,
  });

  async function submit(
    path: string,
    body: Readonly<Record<string, unknown>> & { readonly model: string },
    { signal }: CallContext,
  ): Promise<Running> {
    const { body: answer, requestId } = await api.json({
      path,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      billable: true,
      timeoutSeconds: SUBMIT_TIMEOUT_SECONDS,
      signal,
    }, submitted);
    const { task_id } = answer.data;
    const call = { model: body.model, providerRequestId: requestId, providerTaskId: task_id };
    return { state: "running", handle: task_id, pollAfterSeconds: 2, call };
  }

  /** The service fetches public files itself, but ours need not be public, or reachable from there. */
  async function upload(asset: Asset, { signal }: CallContext): Promise<string> {
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

  async function readTask(id: string, signal: AbortSignal): Promise<Task> {
    const { body } = await api.json({
      path: `/tasks/${encodeURIComponent(id)}`,
      method: "GET",
      billable: false,
      timeoutSeconds: POLL_TIMEOUT_SECONDS,
      signal,
    }, task);
    return body;
  }

  /** Whether a task is there, and has a model to build on. */
  async function hasModel(id: string, signal: AbortSignal): Promise<boolean> {
    try {
      const { status, modelUrl } = await readTask(id, signal);
      return status === "success" && modelUrl !== undefined;
    } catch (error) {
      if (error instanceof ProviderError && error.code === "invalid_result") return false;
      throw error;
    }
  }

  return {
    submit: {
      "text-to-model": (parameters, context) =>
        submit("/generation/text-to-model", requestOf(textToModel, parameters), context),

      "image-to-model": async (parameters, context) => {
        const { views, fields } = requestOf(imageToModel, parameters);
        const inputs = await Promise.all(views.map(async ({ name, address }) => {
          const image = await context.readAsset(address, "image");
          return { [name]: await upload(image, context) };
        }));
        const [front] = inputs;
        return await (inputs.length > 1
          ? submit("/generation/multiview-to-model", { inputs, ...fields }, context)
          : submit("/generation/image-to-model", { input: front?.["front"], ...fields }, context));
      },

      "refine-model": async (parameters, context) => {
        const { file, draftTaskId, fields } = requestOf(refineModel, parameters);
        const isDraft = draftTaskId !== undefined && await hasModel(draftTaskId, context.signal);
        const input = isDraft
          ? draftTaskId
          : await upload(await context.readAsset(file, "model"), context);
        return await submit("/models/texture", { input, ...fields }, context);
      },
    },

    poll: async (handle, { signal, ageSeconds }) => {
      const { status, progress, modelUrl, ...facts } = await readTask(handle, signal);
      if (FAILED.includes(status)) {
        throw taskFailure(status, facts.error_code ?? undefined, facts.error_message ?? "");
      }
      if (RUNNING.includes(status)) {
        return {
          state: "running",
          handle,
          pollAfterSeconds: pollInterval(ageSeconds),
          progress: progress ?? undefined,
          call: {},
        };
      }
      if (status !== "success" || !modelUrl) {
        throw new ProviderError("invalid_result", `Task is ${status} and has no model`);
      }
      const credits = facts.credits_consumed;
      return {
        state: "succeeded",
        outputs: [api.output(modelUrl, signal)],
        call: { costUsd: typeof credits === "number" ? credits * USD_PER_CREDIT : undefined },
      };
    },
  };
}

/** Often while a quick one may end, less often later; the service allows once a second. */
function pollInterval(ageSeconds: number): number {
  if (ageSeconds < 60) return 2;
  return ageSeconds < 180 ? 3 : 5;
}

import type {
  Adapter,
  CallContext,
  PollContext,
  Preview,
  Progress,
  ProviderSettings,
  Running,
  Submit,
} from "../adapter.ts";
import { wordsIn } from "../client_words.ts";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";
import type { Api } from "../transport/api.ts";
import { createTripoApi, submitTask, type TaskOrder, uploadFile } from "./client.ts";
import { taskFailure } from "./failure.ts";
import { imageToModel, type View } from "./image_to_model.ts";
import { DEFAULT_MODEL, isPaintable, type ModelId, textureModelFor } from "./models.ts";
import { generationPool } from "./pools.ts";
import { USD_PER_CREDIT } from "./prices.ts";
import { refineModel } from "./refine_model.ts";
import { createReadTask, type ReadTask, readTask } from "./read_task.ts";
import { findLost } from "./find_lost.ts";
import { textToModel } from "./text_to_model.ts";

const FAILED = ["failed", "cancelled", "banned", "expired"];
const RUNNING = ["queued", "running"];

/** How it is said that a task is none of ours, or cannot be read. */
const NOT_THERE: readonly ProviderErrorCode[] = ["invalid_result", "provider_rejected"];

export function createTripoAdapter(settings: ProviderSettings): Adapter {
  const api = createTripoApi(settings);
  const readPolled = createReadTask(api);
  return {
    submit: {
      "text-to-model": (parameters, context) =>
        submitGeneration(
          api,
          { path: "/generation/text-to-model", body: textToModel.requestOf(parameters) },
          context,
        ),
      "image-to-model": submitViews(api),
      "refine-model": submitRefinement(api),
    },
    poll: (handle, context) => poll(api, readPolled, handle, context),
    findLost: (mark, context) => findLost(api, mark, context),
  };
}

function submitViews(api: Api): Submit {
  return async (parameters, context) => {
    const { views, fields } = imageToModel.requestOf(parameters);
    const inputs = await uploadViews(api, views, context);
    const fileTokens = inputs.flatMap((view) => Object.values(view));
    const request = inputs.length > 1
      ? { path: "/generation/multiview-to-model", body: { inputs, ...fields } }
      : { path: "/generation/image-to-model", body: { input: inputs[0]?.["front"], ...fields } };
    return await submitGeneration(api, { ...request, fileTokens }, context);
  };
}

/** Not every account may use the low-poly line, which clients can choose. */
function submitGeneration(
  api: Api,
  order: Omit<TaskOrder, "seedField"> & { readonly body: { readonly model: ModelId } },
  context: CallContext,
): Promise<Running> {
  const { model } = order.body;
  return submitTask(api, { ...order, seedField: "model_seed" }, context, {
    clientWords: wordsIn(order.body),
    hasClientChoice: generationPool(model) !== generationPool(DEFAULT_MODEL),
    hasDefaultModel: model === DEFAULT_MODEL,
  });
}

/** One after the other, so that no more than one image is in memory. */
async function uploadViews(
  api: Api,
  views: readonly View[],
  { readAsset, signal }: CallContext,
): Promise<Record<string, string>[]> {
  const inputs: Record<string, string>[] = [];
  for (const { name, url } of views) {
    inputs.push({ [name]: await uploadFile(api, await readAsset(url, "image"), signal) });
  }
  return inputs;
}

function submitRefinement(api: Api): Submit {
  return async (parameters, context) => {
    const { signal, readAsset } = context;
    const { file, draftTaskId, model: chosen, fields } = refineModel.requestOf(parameters);
    const draft = draftTaskId === undefined ? undefined : await readDraft(api, draftTaskId, signal);
    if (!draft && fields.texture_prompt === undefined) {
      // A surface of nobody's wish, and the service refuses foreign models without a text.
      throw new ProviderError(
        "invalid_input",
        "The draft cannot be used, and a file needs a prompt",
      );
    }
    const input = draft?.id ?? await uploadFile(api, await readAsset(file, "model"), signal);
    const model = chosen ?? textureModelFor(draft?.model);
    const isOfDraft = draft !== undefined;
    const order: TaskOrder = {
      path: "/models/texture",
      body: { input, model, ...fields },
      seedField: "texture_seed",
      fileTokens: isOfDraft ? [] : [input],
    };
    return await submitTask(api, order, context, {
      clientWords: wordsIn(fields.texture_prompt),
      hasClientChoice: isOfDraft,
      // What is said of a version may be about the draft's.
      hasDefaultModel: !isOfDraft && chosen === undefined,
    });
  };
}

interface Draft {
  readonly id: string;
  /** What made its shape, if the service tells. */
  readonly model: string | undefined;
}

/** The task if it is there and has a model to build on. */
async function readDraft(api: Api, id: string, signal: AbortSignal): Promise<Draft | undefined> {
  try {
    const { status, modelUrl, model } = await readTask(api, id, signal, { hasClientChoice: true });
    const isUsable = status === "success" && modelUrl !== undefined && isPaintable(model);
    return isUsable ? { id, model } : undefined;
  } catch (error) {
    if (error instanceof ProviderError && NOT_THERE.includes(error.code)) return undefined;
    throw error;
  }
}

async function poll(
  api: Api,
  read: ReadTask,
  handle: string,
  { signal, ageSeconds }: PollContext,
): Promise<Progress> {
  const { status, progress, modelUrl, pictureUrl, seed, ...facts } = await read(handle, signal);
  if (FAILED.includes(status)) {
    throw taskFailure(status, facts);
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
    // What is paid may come yet, under a status that we do not know or with an address that is late.
    throw new ProviderError("provider_unavailable", `Task is ${status} and has no model`);
  }
  const credits = facts.credits_consumed;
  return {
    state: "succeeded",
    outputs: [api.output(modelUrl, signal)],
    making: { seed },
    ...(pictureUrl !== undefined && { preview: pictureAt(api, pictureUrl) }),
    call: { costUsd: typeof credits === "number" ? credits * USD_PER_CREDIT : undefined },
  };
}

function pictureAt(api: Api, url: string): Preview {
  return { kind: "output", open: (signal) => api.output(url, signal).open() };
}

/** Often while a quick one may end, less often later; the service allows once a second. */
function pollInterval(ageSeconds: number): number {
  if (ageSeconds < 60) return 2;
  return ageSeconds < 180 ? 3 : 5;
}

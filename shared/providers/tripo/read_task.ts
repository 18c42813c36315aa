import { z } from "zod";
import { ProviderError } from "../provider_error.ts";
import type { Api, ClientChoice } from "../transport/api.ts";
import { Batch } from "../transport/batch.ts";
import { readConnectionFailure } from "../transport/connection_failure.ts";
import { taskNotFound } from "./failure.ts";
import { tripo } from "./mod.ts";

// https://developers.tripo3d.ai/en/docs/task-query and task-batch-query

const TIMEOUT_SECONDS = 20;

/** Of one request for several. */
export const MAX_TASKS = 100;

const url = z.url().optional().catch(undefined);

/**
 * Addresses of the model, the best first, and of a picture of it: names of the API, of its clients, and of
 * older answers.
 */
const output = z
  .object({
    model_url: url,
    model_urls: z.array(url).optional().catch(undefined),
    pbr_model_url: url,
    pbr_model: url,
    model: url,
    base_model_url: url,
    base_model: url,
    rendered_image_url: url,
    rendered_image: url,
  })
  .transform(({ model_url, model_urls = [], ...others }) => ({
    modelUrl: [
      model_url,
      ...model_urls,
      others.pbr_model_url,
      others.pbr_model,
      others.model,
      others.base_model_url,
      others.base_model,
    ].find((address) => address !== undefined),
    pictureUrl: others.rendered_image_url ?? others.rendered_image,
  }));

const name = z.string().optional().catch(undefined);

const seed = z.int().optional().catch(undefined);

/** The request again: names of today and of older tasks. */
const echo = z.object({ model: name, model_version: name, model_seed: seed, texture_seed: seed })
  .transform(({ model, model_version, model_seed, texture_seed }) => ({
    model: model ?? model_version,
    seed: model_seed ?? texture_seed,
  }));

const task = z
  .object({
    status: z.string(),
    input: echo.optional().catch(undefined),
    progress: z.number().nullish().catch(undefined),
    output: output.optional().catch(undefined),
    credits_consumed: z.number().nonnegative().optional().catch(undefined),
    error_code: z.coerce.number().optional().catch(undefined),
    error_message: z.string().optional().catch(undefined),
    error_msg: z.string().optional().catch(undefined),
  })
  .transform(({ input, output, error_message, error_msg, ...facts }) => ({
    ...facts,
    model: input?.model,
    seed: input?.seed,
    modelUrl: output?.modelUrl,
    pictureUrl: output?.pictureUrl,
    errorMessage: error_message ?? error_msg ?? "",
  }));

/** A task as the service tells it. */
export type Task = z.output<typeof task>;

const one = z.object({ data: task });

/** Each is read by itself: one that cannot be read does not spoil the others. */
const several = z.object({
  data: z.object({
    tasks: z.record(z.string(), z.unknown()).catch({}),
    missed: z.array(z.unknown()).catch([]),
  }),
});

/** Reads a task. Throws a ProviderError if it cannot be had. */
export type ReadTask = (id: string, signal: AbortSignal) => Promise<Task>;

/** Reads those that are asked for in one moment in one request, because the account's requests are counted. */
export function createReadTask(api: Api): ReadTask {
  const batch = new Batch<Task>({
    one: (id, signal) => readTask(api, id, signal),
    many: (ids, signal) => readSeveral(api, ids, signal),
  }, { maxKeys: MAX_TASKS });
  return async (id, signal) => {
    try {
      return await batch.ask(id, signal);
    } catch (error) {
      const call = { provider: tripo.name, signal, billable: false, timedOut: false };
      throw readConnectionFailure(error, call);
    }
  };
}

/** Reads one alone: what a client has chosen must not spoil a request for others. */
export async function readTask(
  api: Api,
  id: string,
  signal: AbortSignal,
  { hasClientChoice = false }: Pick<ClientChoice, "hasClientChoice"> = {},
): Promise<Task> {
  const { body } = await api.json({
    hasClientChoice,
    path: `/tasks/${encodeURIComponent(id)}`,
    method: "GET",
    billable: false,
    timeoutSeconds: TIMEOUT_SECONDS,
    signal,
  }, one);
  return body.data;
}

async function readSeveral(
  api: Api,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<(id: string) => Task> {
  const { tasks, missed } = await readList(api, ids, signal);
  return (id) => {
    if (Object.hasOwn(tasks, id)) return readEntry(tasks[id]);
    if (missed.includes(id)) throw taskNotFound();
    // The task is not said to be gone.
    throw new ProviderError("provider_unavailable", "The list of tasks says nothing of this one");
  };
}

/** What the service says of tasks, by id, as it came; of those that are not there nothing. */
export async function readEntries(
  api: Api,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  return (await readList(api, ids, signal)).tasks;
}

async function readList(
  api: Api,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<z.output<typeof several>["data"]> {
  const { body } = await api.json({
    path: "/tasks/list",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ task_ids: ids }),
    billable: false,
    timeoutSeconds: TIMEOUT_SECONDS,
    signal,
  }, several);
  return body.data;
}

function readEntry(entry: unknown): Task {
  const { data, error } = task.safeParse(entry);
  if (data) return data;
  const message = `Unexpected answer of ${tripo.name}`;
  throw new ProviderError("invalid_result", message, { cause: error });
}

import { z } from "zod";
import type { Adapter, CallContext, ProviderSettings, Running, Submit } from "../adapter.ts";
import { wordsIn } from "../client_words.ts";
import { findWanted, LIST_SECONDS, modelList } from "../model_list.ts";
import { ProviderError } from "../provider_error.ts";
import type { ProviderOperation } from "../provider_operation.ts";
import { type Api, type ClientChoice, createApi } from "../transport/api.ts";
import { formOf } from "../transport/multipart.ts";
import { classifyError, isOwnError } from "./failure.ts";
import { imageInpaint } from "./image_inpaint.ts";
import { imageToImage } from "./image_to_image.ts";
import { recraft } from "./mod.ts";
import { modelIds } from "./models.ts";
import { DEFAULT_MODEL, MAX_CALL_SECONDS } from "./options.ts";
import { USD_PER_UNIT } from "./prices.ts";
import { removeBackground } from "./remove_background.ts";
import { textToImage } from "./text_to_image.ts";

/**
 * URLs instead of the files themselves: they live for a day, so a result that cannot be stored
 * at once is not lost. PNG, because the service's own choice is another one.
 */
const RESULT = { response_format: "url", image_format: "png" };

/** One that is not there, or somewhere else, does not spoil the others, which are paid. */
const image = z.object({ url: z.url() }).optional().catch(undefined);
const answerBody = z
  .object({
    credits: z.number().nonnegative().optional().catch(undefined),
    data: z.array(image).optional().catch(undefined),
    image,
  })
  .transform(({ credits, data = [], image }) => ({
    credits,
    urls: [...data, image].flatMap((found) => found === undefined ? [] : [found.url]),
  }));

/** The results of a call, by their URLs. */
const handleSchema = z.array(z.url());

interface FileRequest {
  readonly files: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string | number | undefined>>;
}

interface Call {
  readonly endpoint: string;
  readonly model: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: FormData | string;
}

export function createRecraftAdapter({ apiKey, baseUrl, resultHosts }: ProviderSettings): Adapter {
  const api = createApi({
    provider: recraft,
    baseUrl,
    resultHosts,
    credentials: { authorization: `Bearer ${apiKey}` },
    requestIdHeader: "x-recraft-requestid",
    classify: classifyError,
    isOwnError,
  });
  return {
    submit: {
      "text-to-image": (parameters, context) => {
        const request = textToImage.requestOf(parameters);
        const body = JSON.stringify({ ...request, ...RESULT });
        const { model } = request;
        return call(api, { endpoint: "generations", model, fields: request, body }, context);
      },
      "image-to-image": fileCall(api, "imageToImage", imageToImage),
      "image-inpaint": fileCall(api, "inpaint", imageInpaint),
      "remove-background": fileCall(api, "removeBackground", removeBackground),
    },
    // The work is done; what is left is to fetch it.
    poll: (handle, { signal }) => {
      const urls = handleSchema.parse(JSON.parse(handle));
      const outputs = urls.map((url) => api.output(url, signal));
      return Promise.resolve({ state: "succeeded", outputs, call: {} });
    },
    findModels: async (signal) => {
      const { body } = await api.json(
        { path: "/models", method: "GET", billable: false, timeoutSeconds: LIST_SECONDS, signal },
        modelList,
      );
      return findWanted(body, { default: DEFAULT_MODEL, choices: modelIds });
    },
  };
}

function fileCall<Schema extends z.ZodObject>(
  api: Api,
  endpoint: string,
  operation: ProviderOperation<Schema, FileRequest>,
): Submit {
  return async (parameters, context) => {
    const { files, fields } = operation.requestOf(parameters);
    const body = formOf({ ...fields, ...RESULT }, await readFiles(files, context.readAsset));
    const model = String(fields["model"] ?? endpoint);
    return await call(api, { endpoint, model, fields, body }, context);
  };
}

/** What the client named: a style of somebody's, or another model than most; and what it wrote. */
function clientChoice(fields: Call["fields"]): Required<ClientChoice> {
  const { model = DEFAULT_MODEL, style_id } = fields;
  return {
    clientWords: wordsIn(fields),
    hasClientChoice: style_id !== undefined || model !== DEFAULT_MODEL,
    hasDefaultModel: fields["model"] === DEFAULT_MODEL,
  };
}

async function readFiles(
  files: FileRequest["files"],
  readAsset: CallContext["readAsset"],
): Promise<Parameters<typeof formOf>[1]> {
  const assets = Object.entries(files).map(async ([name, url]) =>
    [name, await readAsset(url, "image")] as const
  );
  return Object.fromEntries(await Promise.all(assets));
}

async function call(
  api: Api,
  { endpoint, model, fields, body }: Call,
  { signal, markSent }: CallContext,
): Promise<Running> {
  const { body: answer, requestId } = await api.json({
    path: `/images/${endpoint}`,
    headers: typeof body === "string" ? { "content-type": "application/json" } : {},
    body,
    billable: markSent,
    ...clientChoice(fields),
    timeoutSeconds: MAX_CALL_SECONDS,
    signal,
  }, answerBody);
  const { credits, urls } = answer;
  if (urls.length === 0) {
    throw new ProviderError("invalid_result", "Answer without images", {
      ambiguous: true,
      providerRequestId: requestId,
    });
  }
  const costUsd = credits === undefined ? undefined : credits * USD_PER_UNIT;
  return {
    state: "running",
    handle: JSON.stringify(urls),
    pollAfterSeconds: 0,
    call: { model, providerRequestId: requestId, costUsd },
  };
}

import { z } from "zod";
import type { Adapter, CallContext, ProviderSettings, Running, Submit } from "../adapter.ts";
import { createApi } from "../api.ts";
import { formOf } from "../form.ts";
import { type Pair, requestOf } from "../provider.ts";
import { ProviderError } from "../provider_error.ts";
import { judgeRefusal } from "./failure.ts";
import { imageInpaint } from "./image_inpaint.ts";
import { imageToImage } from "./image_to_image.ts";
import { removeBackground } from "./remove_background.ts";
import { textToImage } from "./text_to_image.ts";
import { recraft } from "./mod.ts";

/** Pictures take 10 to 30 seconds, vectors longer. */
const TIMEOUT_SECONDS = 120;

/** 1,000 API units: https://www.recraft.ai/docs/api-reference/pricing */
const USD_PER_UNIT = 0.001;

/**
 * Addresses instead of the files themselves: they live for a day, so a result that cannot be stored
 * at once is not lost. PNG, because the service's own choice is another one.
 */
const RESULT = { response_format: "url", image_format: "png" };

const image = z.object({ url: z.url() });
const answerBody = z
  .object({
    credits: z.number().optional().catch(undefined),
    data: z.array(image).optional(),
    image: image.optional(),
  })
  .transform(({ credits, data = [], image }) => ({
    credits,
    urls: [...data, ...(image ? [image] : [])].map(({ url }) => url),
  }));

/** The results of a call, by their addresses. */
const handleSchema = z.array(z.url());

interface FileRequest {
  readonly files: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string | number | undefined>>;
}

export function createRecraftAdapter({ apiKey, baseUrl }: ProviderSettings): Adapter {
  const api = createApi({
    provider: recraft,
    baseUrl,
    credentials: { authorization: `Bearer ${apiKey}` },
    requestIdHeader: "x-recraft-requestid",
    judge: judgeRefusal,
  });

  async function call(
    endpoint: string,
    body: FormData | string,
    model: string,
    { signal }: CallContext,
  ): Promise<Running> {
    const { body: answer, requestId } = await api.json({
      path: `/images/${endpoint}`,
      headers: typeof body === "string" ? { "content-type": "application/json" } : {},
      body,
      billable: true,
      timeoutSeconds: TIMEOUT_SECONDS,
      signal,
    }, answerBody);
    const { credits, urls } = answer;
    const record = {
      model,
      providerRequestId: requestId,
      costUsd: credits === undefined ? undefined : credits * USD_PER_UNIT,
    };
    if (urls.length === 0) {
      throw new ProviderError("invalid_result", "Answer without images", {
        ambiguous: true,
        providerRequestId: requestId,
      });
    }
    return { state: "running", handle: JSON.stringify(urls), pollAfterSeconds: 0, call: record };
  }

  function fileCall<Schema extends z.ZodObject>(
    endpoint: string,
    pair: Pair<Schema, FileRequest>,
  ): Submit {
    return async (parameters, context) => {
      const { files, fields } = requestOf(pair, parameters);
      const assets = await Promise.all(
        Object.entries(files).map(async ([name, address]) =>
          [name, await context.readAsset(address, "image")] as const
        ),
      );
      const body = formOf({ ...fields, ...RESULT }, Object.fromEntries(assets));
      return await call(endpoint, body, String(fields["model"] ?? endpoint), context);
    };
  }

  return {
    submit: {
      "text-to-image": (parameters, context) => {
        const request = requestOf(textToImage, parameters);
        const body = JSON.stringify({ ...request, ...RESULT });
        return call("generations", body, request.model, context);
      },
      "image-to-image": fileCall("imageToImage", imageToImage),
      "image-inpaint": fileCall("inpaint", imageInpaint),
      "remove-background": fileCall("removeBackground", removeBackground),
    },
    // The work is done; what is left is to fetch it.
    poll: (handle, { signal }) => {
      const urls = handleSchema.parse(JSON.parse(handle));
      const outputs = urls.map((url) => api.output(url, signal));
      return Promise.resolve({ state: "succeeded", outputs, call: {} });
    },
  };
}

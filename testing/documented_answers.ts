import type { OperationId } from "../shared/contract/operations.ts";
import type { ProviderId } from "../shared/providers/catalog.ts";
import type { Claim } from "../shared/tasks/task.ts";
import type { Json } from "./odd_values.ts";

/** An answer as a provider's document shows it, and what asks for it. */
export interface DocumentedAnswer {
  readonly provider: ProviderId;
  readonly operation: OperationId;
  /** What it was accepted by, for the answer to a poll. */
  readonly handle?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A file where it is null. */
  readonly body: Json;
  /** Places without which there is no result, or that say of themselves that there is none. */
  readonly needed: readonly string[];
}

/** A picture, in the first bytes of a PNG. */
const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const JOB = "0f6c1a52-0d8b-4a0e-9c57-6b4f3c9a1d20";

/** Answers that carry, or promise, a result. `at` is where the provider is. */
export function goodAnswers(at: string): Readonly<Record<string, DocumentedAnswer>> {
  const fluxPolling = `${at}/flux/v1/get_result?id=${JOB}`;
  const flux = {
    provider: "flux",
    operation: "image-to-image",
    handle: JSON.stringify({ id: JOB, pollingUrl: fluxPolling }),
  } as const;
  const tripo = { provider: "tripo", operation: "text-to-model" } as const;
  return {
    // https://developers.openai.com/api/reference: images
    "OpenAI, images": {
      provider: "openai",
      operation: "text-to-image",
      headers: { "x-request-id": "req_1" },
      body: {
        created: 1795300000,
        background: "opaque",
        output_format: "png",
        quality: "medium",
        size: "1024x1024",
        safety_identifier: "u_5f2c",
        data: [{ b64_json: PICTURE }],
        usage: {
          input_tokens: 24,
          input_tokens_details: { text_tokens: 24, image_tokens: 0 },
          output_tokens: 3520,
          output_tokens_details: { image_tokens: 3520, text_tokens: 0 },
          total_tokens: 3544,
        },
      },
      needed: ["data", "data.0", "data.0.b64_json"],
    },
    // https://platform.stability.ai/docs/api-reference
    "Stability, a file": {
      provider: "stability",
      operation: "text-to-image",
      headers: { "x-request-id": "req_1", "finish-reason": "SUCCESS", seed: "42" },
      body: null,
      needed: [],
    },
    // https://www.recraft.ai/docs/api-reference
    "Recraft, a list": {
      provider: "recraft",
      operation: "text-to-image",
      headers: { "x-recraft-requestid": "req_1" },
      body: {
        created: 1795300000,
        credits: 40,
        data: [{ image_id: "0b1f", url: `${at}/file.png` }],
      },
      needed: ["data", "data.0", "data.0.url"],
    },
    "Recraft, one image": {
      provider: "recraft",
      operation: "remove-background",
      headers: { "x-recraft-requestid": "req_1" },
      body: { created: 1795300000, credits: 10, image: { image_id: "1", url: `${at}/file.png` } },
      needed: ["image", "image.url"],
    },
    // https://docs.bfl.ai/api-reference
    "FLUX, accepted": {
      provider: "flux",
      operation: "image-to-image",
      headers: { "x-request-id": "req_1" },
      body: { id: JOB, polling_url: fluxPolling, cost: 4, input_mp: 1.05, output_mp: 1.03 },
      needed: ["polling_url"],
    },
    "FLUX, pending": {
      ...flux,
      body: {
        id: JOB,
        status: "Pending",
        result: null,
        progress: 0.3,
        details: null,
        preview: null,
        cost: 4,
      },
      needed: ["status"],
    },
    "FLUX, ready": {
      ...flux,
      body: {
        id: JOB,
        status: "Ready",
        result: { sample: `${at}/file.png`, seed: 42 },
        progress: null,
        details: null,
        cost: 4,
      },
      needed: ["status", "result", "result.sample"],
    },
    // https://developers.tripo3d.ai/en/docs/
    "Tripo, accepted": {
      ...tripo,
      headers: { "x-tripo-trace-id": "trace-1", "x-request-id": "req_1" },
      body: { code: 0, status: "success", data: { task_id: "4d1c", type: "text_to_model" } },
      // Another number says that it is an error.
      needed: ["code", "data", "data.task_id"],
    },
    "Tripo, running": {
      ...tripo,
      handle: "4d1c",
      body: {
        code: 0,
        data: {
          task_id: "4d1c",
          type: "text_to_model",
          status: "running",
          progress: 40,
          output: {},
          credits_consumed: 0,
          error_code: null,
          error_message: null,
          queuing_num: 1,
        },
      },
      needed: ["code", "data", "data.status"],
    },
    "Tripo, success": {
      ...tripo,
      handle: "4d1c",
      body: {
        code: 0,
        data: {
          task_id: "4d1c",
          type: "text_to_model",
          status: "success",
          progress: 100,
          output: { model_url: `${at}/file.glb`, pbr_model: null, rendered_image_url: "https://x" },
          credits_consumed: 20,
          error_code: null,
          error_message: "",
          created_at: "2026-11-22T10:00:00Z",
          completed_at: "2026-11-22T10:01:10Z",
        },
      },
      needed: ["code", "data", "data.status", "data.output", "data.output.model_url"],
    },
  };
}

/** Answers that say no, one of each provider and step. */
export function refusals(at: string): Readonly<Record<string, DocumentedAnswer>> {
  const good = goodAnswers(at);
  const no = (of: string, status: number, body: Json): DocumentedAnswer => {
    const asked = good[of];
    if (!asked) throw new Error(`No answer ${of}`);
    return { ...asked, status, body, needed: [] };
  };
  return {
    "OpenAI refuses": no("OpenAI, images", 429, {
      error: {
        message: "Rate limit reached. Please try again in 12s.",
        type: "requests",
        param: null,
        code: "rate_limit_exceeded",
      },
    }),
    "Stability refuses": {
      provider: "stability",
      operation: "text-to-image",
      status: 429,
      headers: { "x-request-id": "req_1" },
      body: { id: "5a1c", name: "rate_limit_exceeded", errors: ["Too many requests"] },
      needed: [],
    },
    "Recraft refuses": no("Recraft, a list", 429, {
      code: "rate_limit_exceeded",
      message: "too many requests",
    }),
    "FLUX refuses": no("FLUX, accepted", 429, { detail: "Too many active tasks" }),
    "FLUX refuses a poll": no("FLUX, pending", 429, { detail: [{ msg: "Slow", loc: ["query"] }] }),
    "FLUX has ended the job": no("FLUX, pending", 200, {
      id: JOB,
      status: "Request Moderated",
      result: null,
      progress: null,
      details: { "Moderation Reasons": ["Sexual Content"] },
    }),
    "Tripo refuses": no("Tripo, accepted", 429, {
      code: 2000,
      status: "error",
      message: "Too many tasks",
      suggestion: "Wait",
      request_id: "req_1",
    }),
    "Tripo refuses a poll": no("Tripo, running", 429, {
      code: 1007,
      status: "error",
      message: "Too many requests",
    }),
    "Tripo has ended the task": no("Tripo, running", 200, {
      code: 0,
      data: {
        task_id: "4d1c",
        status: "failed",
        progress: 100,
        output: {},
        error_code: 2008,
        error_message: "Refused",
        credits_consumed: 0,
      },
    }),
  };
}

/** A claim of the task that is answered so. */
export function claimOf(
  { provider, operation, handle }: DocumentedAnswer,
): Pick<Claim, "provider" | "operation" | "handle" | "acceptedSecondsAgo"> {
  return handle === undefined
    ? { provider, operation, handle: null, acceptedSecondsAgo: null }
    : { provider, operation, handle, acceptedSecondsAgo: 10 };
}

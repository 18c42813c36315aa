/**
 * What words in a prompt do to a call of OpenAI.
 *
 * @module
 */
import { faultKinds } from "../faults.ts";
import { answerGatewayPage } from "../gateway.ts";
import type { OnceOrAlways } from "../triggers.ts";
import { answerImages, answerNoImages, answerOneMissing, type ImageCall } from "./answers.ts";
import {
  answerModerationBlocked,
  answerOverloaded,
  answerQuotaExhausted,
  answerRateLimited,
  answerServerError,
  answerWrongKey,
} from "./failures.ts";
import { modelGone } from "./models.ts";

export interface Trigger extends OnceOrAlways {
  readonly billed: boolean;
  /** In milliseconds. Default: 0. */
  readonly latencyMs?: number;
  readonly answer: (call: ImageCall) => Response | Promise<Response>;
}

export const triggers: Readonly<Record<string, Trigger>> = {
  "sim:moderated-input": { billed: false, answer: () => answerModerationBlocked("input") },
  // The picture was made, so the dearer assumption is that it is billed.
  "sim:moderated-output": { billed: true, answer: () => answerModerationBlocked("output") },
  "sim:401": { billed: false, answer: answerWrongKey },
  "sim:model-gone": {
    billed: false,
    answer: ({ rendering }) => modelGone(rendering.model).toResponse(),
  },
  "sim:429": { billed: false, answer: answerRateLimited },
  "sim:429-quota": { billed: false, answer: answerQuotaExhausted },
  "sim:500": { billed: false, answer: answerServerError },
  "sim:500-once": { billed: false, once: true, answer: answerServerError },
  "sim:503": { billed: false, answer: answerOverloaded },
  "sim:html-502": { billed: false, answer: () => answerGatewayPage(502, "Bad Gateway") },
  "sim:empty": { billed: true, answer: answerNoImages },
  "sim:one-missing": { billed: true, answer: answerOneMissing },
  "sim:slow": { billed: true, latencyMs: faultKinds.slow.latencyMs, answer: answerImages },
};

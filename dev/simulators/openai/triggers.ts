/**
 * Words in a prompt that decide how the call ends, for people and tests that do
 * not order faults.
 *
 * @module
 */
import { faultKinds } from "../faults.ts";
import { answerImages, answerNoImages, type ImageCall } from "./answers.ts";
import {
  answerBadGateway,
  answerModerationBlocked,
  answerOverloaded,
  answerQuotaExhausted,
  answerRateLimited,
  answerServerError,
} from "./failures.ts";

export interface Trigger {
  readonly billed: boolean;
  /** In milliseconds. Default: 0. */
  readonly latencyMs?: number;
  /** Only the first call with this prompt is affected. */
  readonly once?: true;
  readonly answer: (call: ImageCall) => Response | Promise<Response>;
}

const triggers: Readonly<Record<string, Trigger>> = {
  "sim:moderated-input": { billed: false, answer: () => answerModerationBlocked("input") },
  // The picture was made, so the dearer assumption is that it is billed.
  "sim:moderated-output": { billed: true, answer: () => answerModerationBlocked("output") },
  "sim:429": { billed: false, answer: answerRateLimited },
  "sim:429-quota": { billed: false, answer: answerQuotaExhausted },
  "sim:500": { billed: false, answer: answerServerError },
  "sim:500-once": { billed: false, once: true, answer: answerServerError },
  "sim:503": { billed: false, answer: answerOverloaded },
  "sim:html-502": { billed: false, answer: answerBadGateway },
  "sim:empty": { billed: true, answer: answerNoImages },
  "sim:slow": { billed: true, latencyMs: faultKinds.slow.latencyMs, answer: answerImages },
};

/** Finds triggers in prompts, and remembers which ones have gone off. */
export class TriggerFinder {
  readonly #spent = new Set<string>();

  /** The first trigger in the prompt; one that works once is spent by this. */
  take({ operation, fields: { prompt } }: ImageCall["request"]): Trigger | undefined {
    const trigger = findTrigger(prompt);
    if (trigger?.once !== true) return trigger;
    const occasion = `${operation}\n${prompt}`;
    if (this.#spent.has(occasion)) return undefined;
    this.#spent.add(occasion);
    return trigger;
  }
}

function findTrigger(prompt: string): Trigger | undefined {
  // Whole words, so that `sim:429-quota` is not taken for `sim:429`.
  for (const [word] of prompt.matchAll(/\bsim:[a-z0-9]+(?:-[a-z0-9]+)*/g)) {
    if (Object.hasOwn(triggers, word)) return triggers[word];
  }
  return undefined;
}

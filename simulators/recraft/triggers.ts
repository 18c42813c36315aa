/**
 * What words in a prompt do to a call of Recraft; where there is no prompt, those in the name of the
 * uploaded file (a picture in an address has no name, and so no trigger). Each has a second form,
 * `-once`, that affects the first such call only.
 *
 * @module
 */
import { faultKinds } from "../faults.ts";
import { answerGatewayPage, answerStatusOnly } from "../gateway.ts";
import { withOnceForms } from "../triggers.ts";
import { answerImages, type Delivery, type RecraftCall } from "./answers.ts";
import { answerError } from "./errors.ts";
import {
  answerModerated,
  answerNestedError,
  answerNotFound,
  answerNoUnits,
  answerRateLimited,
  answerRepeated,
  answerServerError,
  answerStyle,
  answerText,
  answerUnauthorized,
} from "./failures.ts";

export interface Trigger {
  readonly billed: boolean;
  /** In milliseconds. Default: 0. */
  readonly latencyMs?: number;
  readonly answer: (call: RecraftCall) => Response | Promise<Response>;
}

const moderated = refusal(answerModerated);
const nothing = delivery({ nothing: true });
const unsafe = delivery({ unsafe: true });

export const triggers = withOnceForms<Trigger>({
  "sim:moderated": moderated,
  "sim:moderated-input": moderated,
  "sim:moderated-text": refusal(() => answerText(403, "request not allowed by safety policy")),
  /** The first picture is unsafe: a high score, or a missing entry, if those were asked for. */
  "sim:nsfw": unsafe,
  "sim:moderated-output": unsafe,
  "sim:no-units": refusal(() => answerNoUnits(400)),
  "sim:402": refusal(() => answerNoUnits(402)),
  "sim:403-no-units": refusal(() => answerNoUnits(403)),
  "sim:400": refusal(() => answerError(400, "invalid_parameter", "prompt: cannot be processed")),
  "sim:400-echo": {
    billed: false,
    answer: ({ fields: { prompt = "" } }) => answerRepeated(prompt),
  },
  "sim:403-style": refusal(() => answerStyle(403)),
  "sim:404-style": refusal(() => answerStyle(404)),
  /** Which code that has is not known. */
  "sim:model-gone": refusal(() =>
    answerError(400, "invalid_parameter", "model: 'recraftv3' does not exist")
  ),
  "sim:400-nested": refusal(answerNestedError),
  "sim:401": refusal(answerUnauthorized),
  "sim:404": refusal(answerNotFound),
  "sim:413": refusal(() => answerStatusOnly(413)),
  "sim:429": refusal(answerRateLimited),
  "sim:500": refusal(answerServerError),
  "sim:text-500": refusal(() => answerText(500, "internal server error")),
  "sim:html-502": refusal(() => answerGatewayPage(502, "Bad Gateway")),
  "sim:503": refusal(() => answerStatusOnly(503)),
  "sim:504": refusal(() => answerStatusOnly(504)),
  "sim:empty-data": nothing,
  "sim:empty": nothing,
  "sim:one-missing": delivery({ oneMissing: true }),
  "sim:scripted": delivery({ scripted: "whole" }),
  "sim:scripted-cut": delivery({ scripted: "cut off" }),
  "sim:dead-link": delivery({ deadLinks: true }),
  "sim:slow": {
    billed: true,
    latencyMs: faultKinds.slow.latencyMs,
    answer: (call) => answerImages(call),
  },
});

function refusal(answer: () => Response): Trigger {
  return { billed: false, answer };
}

function delivery(changes: Delivery): Trigger {
  return { billed: true, answer: (call) => answerImages(call, changes) };
}

/**
 * What words in a prompt do to a call of Stability; where there is no prompt, those in the name of
 * the uploaded file. Each has a second form, `-once`, that affects the first such call only.
 *
 * @module
 */
import { faultKinds } from "../faults.ts";
import { answerGatewayPage, answerStatusOnly } from "../gateway.ts";
import { withOnceForms } from "../triggers.ts";
import {
  answerEmpty,
  answerFiltered,
  answerGarbled,
  answerResult,
  type StabilityCall,
} from "./answers.ts";
import { answerRateLimited, failure, type FailureName } from "./failures.ts";

export interface Trigger {
  readonly billed: boolean;
  /** In milliseconds. Default: 0. */
  readonly latencyMs?: number;
  readonly answer: (call: StabilityCall) => Response | Promise<Response>;
}

const moderated = refusal("content_moderation");
// The picture was made, so the dearer assumption is that it is billed.
const filtered: Trigger = { billed: true, answer: answerFiltered };

export const triggers = withOnceForms<Trigger>({
  "sim:moderated": moderated,
  "sim:moderated-input": moderated,
  "sim:filtered": filtered,
  "sim:moderated-output": filtered,
  "sim:public-figure": refusal("public_figure"),
  "sim:non-english": refusal("invalid_language"),
  "sim:400": refusal("bad_request"),
  "sim:401": refusal("unauthorized"),
  "sim:402": refusal("payment_required"),
  /** Has nothing to do with the content. */
  "sim:html-403": { billed: false, answer: () => answerGatewayPage(403, "Forbidden") },
  "sim:404": refusal("not_found"),
  "sim:413": refusal("payload_too_large"),
  "sim:429": { billed: false, answer: answerRateLimited },
  /** As the gate answers it: it does not say when to come back. */
  "sim:429-bare": refusal("rate_limit_exceeded"),
  "sim:500": refusal("internal_error"),
  "sim:html-502": { billed: false, answer: () => answerGatewayPage(502, "Bad Gateway") },
  "sim:503": { billed: false, answer: () => answerStatusOnly(503) },
  "sim:504": { billed: false, answer: () => answerStatusOnly(504) },
  "sim:empty": { billed: true, answer: answerEmpty },
  "sim:garbled": { billed: true, answer: answerGarbled },
  "sim:slow": { billed: true, latencyMs: faultKinds.slow.latencyMs, answer: answerResult },
});

function refusal(name: FailureName): Trigger {
  return { billed: false, answer: () => failure(name).toResponse() };
}

/**
 * What words do to a task of Tripo. They are looked for in the prompt, in the names of uploaded files
 * and in the last parts of inputs' addresses. Each word has a second form, `-once`, that affects only
 * the first task with the same text.
 *
 * @module
 */
import { faultKinds } from "../faults.ts";
import { answerGatewayPage } from "../gateway.ts";
import { losses, type Submission } from "../job_call.ts";
import { type OnceOrAlways, withOnceForms } from "../triggers.ts";
import { fail, succeed, type TaskEnding } from "./endings.ts";
import { refuse } from "./errors.ts";

/**
 * Beside another word or alone: the task is not in the account's list while it is queued or running.
 */
const LISTED_LATE = /\bsim:listed-late\b/;

export function isListedLate(text: string): boolean {
  return LISTED_LATE.test(text);
}

export type Trigger = Submission<TaskEnding> & OnceOrAlways;

/** Long enough for a client that asks at once, short enough for one that asks again. */
const LAG_MS = 2_000;
/** Longer than a client that counts its polls has patience. */
const LATE_MS = 100_000;

export const triggers: Readonly<Record<string, Trigger>> = withOnceForms<Submission<TaskEnding>>({
  // No task.
  "sim:401": { refusal: refuse("invalid_key") },
  "sim:429": { refusal: refuse("too_many_tasks") },
  "sim:500": { refusal: refuse("server_error") },
  "sim:503": { refusal: refuse("overloaded") },
  "sim:html-502": { refusal: () => answerGatewayPage(502, "Bad Gateway") },
  "sim:html-200": { refusal: () => answerGatewayPage(200, "OK") },
  "sim:moderated-input": { refusal: refuse("content_refused") },
  "sim:200-2008": { refusal: refuse("content_refused_with_200") },
  "sim:1003": { refusal: refuse("malformed_body") },
  "sim:1004": { refusal: refuse("invalid_parameter") },
  "sim:1005": { refusal: refuse("forbidden") },
  "sim:1007": { refusal: refuse("too_many_requests") },
  "sim:2000": { refusal: refuse("too_many_tasks") },
  "sim:2001": { refusal: refuse("task_not_found") },
  "sim:2002": { refusal: refuse("unsupported_parameter") },
  "sim:2003": { refusal: refuse("empty_file") },
  "sim:2004": { refusal: refuse("unsupported_file") },
  "sim:2006": { refusal: refuse("wrong_source_task") },
  "sim:2007": { refusal: refuse("source_task_failed") },
  "sim:2008": { refusal: refuse("content_refused") },
  "sim:2009": { refusal: refuse("invalid_characters") },
  "sim:2010": { refusal: refuse("insufficient_credits") },
  "sim:2014": { refusal: refuse("content_check_failed") },
  "sim:2015": { refusal: refuse("version_deprecated") },
  "sim:2016": { refusal: refuse("request_type_deprecated") },
  "sim:2017": { refusal: refuse("bad_version") },
  "sim:2018": { refusal: refuse("model_too_complex") },
  "sim:2021": { refusal: refuse("file_too_large") },
  "sim:2022": { refusal: refuse("size_limit") },
  "sim:4001": { refusal: refuse("no_such_route") },

  // A task, of which the client does not hear.
  "sim:lost": { course: { ending: succeed() }, loss: losses.brokenOff },
  "sim:lost-stuck": { course: { stopsAt: 0, ending: succeed() }, loss: losses.brokenOff },
  "sim:lost-500": { course: { ending: succeed() }, loss: refuse("server_error") },
  "sim:lost-408": lostBehind(408, "Request Timeout"),
  "sim:lost-425": lostBehind(425, "Too Early"),
  "sim:lost-502": lostBehind(502, "Bad Gateway"),
  "sim:lost-504": lostBehind(504, "Gateway Timeout"),

  // A task that ends badly.
  "sim:moderated-output": failed(2008, "The content policy is violated"),
  "sim:failed-2008": failed(2008, "The content policy is violated"),
  "sim:failed-1000": failed(1000, "Internal server error"),
  "sim:failed-1001": failed(1001, "Internal server error"),
  "sim:failed-2014": failed(2014, "The content check itself failed"),
  "sim:failed-2004": failed(2004, "The file type is not supported"),
  "sim:failed-2018": {
    course: { queueShare: 1, ending: fail("failed", 2018, "The task expired in the queue") },
  },
  "sim:too-complex": failed(2018, "The model is too complex"),
  "sim:banned": { course: { ending: fail("banned") } },
  "sim:cancelled": { course: { ending: fail("cancelled") } },
  "sim:expired": { course: { queueShare: 1, ending: fail("expired") } },
  "sim:unknown": { course: { ending: fail("unknown") } },

  // A task that ends well, and late.
  "sim:unknown-first": { course: { ending: { ...succeed(), unknownMs: LATE_MS } } },
  "sim:address-later": { course: { ending: succeed("model", { addressAfterMs: LATE_MS }) } },

  // A task that does not end, or cannot be found.
  "sim:stuck": { course: { stopsAt: 0, ending: succeed() } },
  "sim:stuck-99": { course: { stopsAt: 0.99, ending: succeed() } },
  "sim:slow": { course: { delayMs: faultKinds.slow.latencyMs, ending: succeed() } },
  "sim:lag": { course: { ending: { ...succeed(), hiddenMs: LAG_MS } } },
  "sim:not-found": { course: { ending: { ...succeed(), hiddenMs: Infinity } } },

  // A task with an odd result.
  "sim:empty": { course: { ending: succeed("none") } },
  "sim:empty-file": { course: { ending: succeed("no_bytes") } },
  "sim:wrong-format": { course: { ending: succeed("other_format") } },
  "sim:model-urls": { course: { ending: succeed("model", { field: "model_urls" }) } },
  "sim:pbr-model-url": { course: { ending: succeed("model", { field: "pbr_model_url" }) } },
  "sim:base-model-url": { course: { ending: succeed("model", { field: "base_model_url" }) } },
  "sim:other-host": { course: { ending: succeed("model", { host: "cdn.tripo-new.example" }) } },
  "sim:no-picture": { course: { ending: succeed("model", { picture: "none" }) } },
  "sim:empty-picture": { course: { ending: succeed("model", { picture: "no_bytes" }) } },
  "sim:large-picture": { course: { ending: succeed("model", { picture: "large" }) } },
  "sim:stuck-picture": { course: { ending: succeed("model", { picture: "stuck" }) } },
  "sim:large-150": { course: { ending: succeed("large_model") } },
});

function failed(code: number, message: string): Submission<TaskEnding> {
  return { course: { ending: fail("failed", code, message) } };
}

/** The task is taken, and what stands between does not know it. */
function lostBehind(status: number, reason: string): Submission<TaskEnding> {
  return { course: { ending: succeed() }, loss: () => answerGatewayPage(status, reason) };
}

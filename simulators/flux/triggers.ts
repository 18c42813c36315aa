/**
 * What words in a prompt do to a job of FLUX. Each word has a second form, `-once`, that affects only
 * the first job with the same prompt.
 *
 * @module
 */
import { faultKinds } from "../faults.ts";
import { answerGatewayPage } from "../gateway.ts";
import { losses, type Submission } from "../job_call.ts";
import { type OnceOrAlways, withOnceForms } from "../triggers.ts";
import { end, moderation, type PictureEnding, succeed } from "./endings.ts";
import { refuse } from "./errors.ts";

export type Trigger = Submission<PictureEnding> & OnceOrAlways;

/** Long enough for a client that asks at once, short enough for one that asks again. */
const LAG_MS = 2_000;

export const triggers: Readonly<Record<string, Trigger>> = withOnceForms<
  Submission<PictureEnding>
>({
  // No job.
  "sim:400": { refusal: refuse("bad_request") },
  "sim:401": { refusal: refuse("unauthorized") },
  "sim:402": { refusal: refuse("out_of_credits") },
  "sim:403": { refusal: refuse("not_authenticated") },
  "sim:404": { refusal: refuse("no_such_route") },
  "sim:422-key": { refusal: refuse("malformed_key") },
  "sim:429": { refusal: refuse("too_many_tasks") },
  "sim:429-flat": { refusal: refuse("too_many_tasks_flat") },
  "sim:500": { refusal: refuse("server_error") },
  "sim:html-502": { refusal: () => answerGatewayPage(502, "Bad Gateway") },
  "sim:html-200": { refusal: () => answerGatewayPage(200, "OK") },
  "sim:503": { refusal: () => new Response("upstream connect error\n", { status: 503 }) },

  // A job, of which the client does not hear.
  "sim:lost": { course: { ending: succeed() }, loss: losses.brokenOff },
  "sim:lost-500": { course: { ending: succeed() }, loss: refuse("server_error") },

  // A job that ends badly.
  "sim:moderated-input": { course: { ending: end("Request Moderated", moderation) } },
  "sim:moderated-output": { course: { ending: end("Content Moderated", moderation) } },
  "sim:error": { course: { ending: end("Error", { error: "Internal error" }) } },
  "sim:error-input": {
    course: { ending: end("Error", { error: "input_image could not be processed" }) },
  },
  "sim:failed": { course: { ending: end("Failed") } },
  "sim:poll-422": { course: { ending: { ...end("Error"), httpStatus: 422 } } },

  // A job that does not end, or cannot be found.
  "sim:stuck": { course: { stopsAt: 0, ending: succeed() } },
  "sim:stuck-99": { course: { stopsAt: 0.99, ending: succeed() } },
  "sim:unknown-status": { course: { ending: { ...end("Upscaling"), charged: true } } },
  "sim:slow": { course: { delayMs: faultKinds.slow.latencyMs, ending: succeed() } },
  "sim:lag": hidden(LAG_MS, 200),
  "sim:lag-404": hidden(LAG_MS, 404),
  "sim:not-found": hidden(Infinity, 200),
  "sim:not-found-404": hidden(Infinity, 404),

  // A job with an odd result.
  "sim:empty": { course: { ending: succeed("none") } },
  "sim:empty-file": { course: { ending: succeed("no_bytes") } },
  "sim:wrong-format": { course: { ending: succeed("other_format") } },
});

function hidden(forMs: number, httpStatus: 200 | 404): Submission<PictureEnding> {
  return { course: { ending: { ...succeed(), hiding: { forMs, httpStatus } } } };
}

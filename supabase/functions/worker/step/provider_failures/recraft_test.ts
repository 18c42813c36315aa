import { checkFailures } from "../../../../../testing/check_failures.ts";
import {
  answer,
  asksOn,
  asksThenEnds,
  ends,
  type FailureRow,
  type Provocation,
  putsBack,
  repeats,
  saidBefore,
  says,
} from "../../../../../testing/failure_table.ts";
import { files } from "../../../../../testing/files.ts";
import { brokenStream } from "../../../../../testing/streams.ts";

/** The pictures are made and paid; the step that fetches them meets this. */
function fetching(provocation: Provocation): Provocation {
  return { step: "look", parameters: { n: 1 }, ...provocation };
}

const STYLE_ID = "0b1f5c5e-6a3f-4f0e-9d58-1f1a2b3c4d5e";

/** A picture that breaks off when it is known to be one. */
function breaksOff(): Response {
  const rest = new Uint8Array(100_000);
  return new Response(brokenStream(new Error("Broken off on purpose"), files.png, rest));
}

/**
 * What can go wrong with recraft. Not provoked: the adapter's own time limit, which takes real minutes (an
 * aborted signal stands for it); the soft refusal, which comes only to who asks for `block_nsfw`; our
 * own limits of requests and pictures, which are the lane's.
 */
const rows: readonly FailureRow[] = [
  {
    row: "connection failed before the request was written",
    endings: repeats("provider_unavailable"),
    by: { "nobody listens": { connection: "refused" } },
  },
  {
    row: "timeout/reset after it was sent (no answer in time)",
    endings: repeats("timeout", { call: "ambiguous" }),
    by: { "no answer": { fault: { kind: "timeout" }, purchases: 1 } },
  },
  {
    row: "timeout/reset after it was sent (reset)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      "a hang-up": { connection: "hang-up" },
      "half an answer": { fault: { kind: "disconnect" }, purchases: 1 },
    },
  },
  {
    row: "429",
    endings: putsBack({ afterSeconds: 12 }),
    by: { ...says("sim:429"), "an ordered 429": { fault: { kind: "rate_limited" } } },
  },
  {
    row: "500, 502, 503, 504",
    endings: repeats("provider_unavailable"),
    by: {
      ...says("sim:500"),
      ...says("sim:text-500"),
      ...says("sim:503"),
      "an ordered 500": { fault: { kind: "server_error" } },
    },
  },
  {
    // It does not know what became of the work: repeated once, not three times.
    row: "500, 502, 503, 504 (502, 504: a gateway that lost the service)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      ...says("sim:html-502"),
      ...says("sim:504"),
      "520, as Cloudflare has it": { answer: answer(520, "<html>Unknown error</html>") },
      "524, as Cloudflare has it": { answer: answer(524) },
    },
  },
  {
    row: "refusal (above)",
    endings: ends("content_refused"),
    by: {
      ...says("sim:moderated"),
      ...says("sim:moderated-text"),
      "an ordered refusal of a picture": {
        operation: "remove-background",
        fault: { kind: "refused" },
      },
    },
  },
  {
    row: "other 4xx (parameter)",
    endings: ends("provider_rejected"),
    by: {
      ...says("sim:400"),
      ...says("sim:400-nested"),
      ...says("sim:400-echo", { parameters: { prompt: "a robot with no credits, sim:400-echo" } }),
      "422 without words": { answer: answer(422) },
    },
  },
  {
    row: "other 4xx (file)",
    endings: ends("invalid_input"),
    by: {
      ...says("sim:413"),
      "invalid_image_type": {
        operation: "remove-background",
        answer: answer(400, { code: "invalid_image_type", message: "Unsupported file" }),
      },
    },
  },
  {
    // It is the client's choice, and says nothing of our key.
    row: "other 4xx (a style that is somebody's, or nobody's)",
    endings: ends("provider_rejected"),
    by: {
      ...says("sim:403-style", { parameters: { style_id: STYLE_ID } }),
      ...says("sim:404-style", { parameters: { style_id: STYLE_ID } }),
    },
  },
  {
    row: "401, 404, no units (401, 404)",
    endings: ends("provider_auth"),
    by: { ...says("sim:401"), ...says("sim:404") },
  },
  {
    row: "401, 404, no units (no units)",
    endings: ends("provider_credits"),
    by: { ...says("sim:no-units"), ...says("sim:402"), ...says("sim:403-no-units") },
  },
  {
    row: "result URL download fails (network, 5xx)",
    endings: asksOn("provider_unavailable"),
    by: {
      "nobody listens": fetching({ connection: "refused" }),
      "a hang-up": fetching({ connection: "hang-up" }),
      "half a picture": fetching({ fault: { kind: "disconnect", operation: "download" } }),
      "most of a picture": fetching({ answer: breaksOff }),
      "500": fetching({ fault: { kind: "server_error", operation: "download" } }),
      "504": fetching({ answer: answer(504) }),
      "429": fetching({ fault: { kind: "rate_limited", operation: "download" } }),
    },
  },
  {
    row: "result URL download fails (no answer in time)",
    endings: asksOn("timeout"),
    by: { "no answer": fetching({ fault: { kind: "timeout", operation: "download" } }) },
  },
  {
    // The document would have the job done again; what was paid once is never bought again.
    row: "result URL 403/404 after retries",
    endings: asksThenEnds("invalid_result"),
    by: {
      ...saidBefore("sim:dead-link"),
      "403": fetching({ fault: { kind: "refused", operation: "download" } }),
      "after its day": fetching({ secondsPassed: 25 * 60 * 60 }),
    },
  },
  {
    row: "200 with empty data / no image",
    endings: repeats("invalid_result", { call: "ambiguous" }),
    by: {
      ...says("sim:empty-data", { purchases: 1 }),
      "no image": {
        operation: "remove-background",
        answer: answer(200, { created: 1, credits: 10 }),
      },
    },
  },
  {
    row: "not in the table: 200 with something that is no answer",
    endings: repeats("invalid_result", { call: "ambiguous" }),
    by: { "broken JSON": { fault: { kind: "invalid_json" }, purchases: 1 } },
  },
  {
    row: "not in the table: a picture that is none",
    endings: asksThenEnds("invalid_result"),
    by: {
      "no bytes": fetching({ fault: { kind: "empty_file", operation: "download" } }),
      "its beginning only": fetching({ fault: { kind: "invalid_json", operation: "download" } }),
    },
  },
];

checkFailures("recraft", { operation: "text-to-image", rows });

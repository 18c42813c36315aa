import { checkFailures } from "../../../../../testing/check_failures.ts";
import {
  answer,
  ends,
  type FailureRow,
  putsBack,
  repeats,
  says,
} from "../../../../../testing/failure_table.ts";

const TO_MODEL = "image-to-model";

/**
 * What can go wrong with stability. Not provoked: the adapter's own time limit, which takes real minutes
 * (an aborted signal stands for it), and the gate that stops all other calls after a 429, which is the
 * lane's and not a step's.
 */
const rows: readonly FailureRow[] = [
  {
    row: "connection failed before the request was written",
    endings: repeats("provider_unavailable"),
    by: {
      "nobody listens": { connection: "refused" },
      "nobody listens, for a file call": { operation: TO_MODEL, connection: "refused" },
    },
  },
  {
    row: "timeout/reset after it was sent (no answer in time)",
    endings: repeats("timeout", { call: "ambiguous" }),
    by: {
      "no answer": { fault: { kind: "timeout" }, purchases: 1 },
      "no answer with a model": { operation: TO_MODEL, fault: { kind: "stuck" }, purchases: 1 },
    },
  },
  {
    row: "timeout/reset after it was sent (reset)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      "a hang-up": { connection: "hang-up" },
      "half an answer": { fault: { kind: "disconnect" }, purchases: 1 },
      "half a model": { operation: TO_MODEL, fault: { kind: "disconnect" }, purchases: 1 },
    },
  },
  {
    row: "429 (60 s)",
    endings: putsBack({ afterSeconds: 60 }),
    by: says("sim:429-bare"),
  },
  {
    row: "429 (retry-after if present)",
    endings: putsBack({ afterSeconds: 1 }),
    by: { ...says("sim:429"), "an ordered 429": { fault: { kind: "rate_limited" } } },
  },
  {
    row: "429 (retry-after if present, and long)",
    endings: putsBack({ afterSeconds: 90 }),
    by: { "retry-after": { answer: answer(429, { id: "x" }, { "retry-after": "90" }) } },
  },
  {
    row: "500",
    endings: repeats("provider_unavailable"),
    by: { ...says("sim:500"), "an ordered 500": { fault: { kind: "server_error" } } },
  },
  {
    row: "502, 503, 504",
    endings: repeats("provider_unavailable"),
    by: says("sim:503"),
  },
  {
    // It does not know what became of the work: repeated once, not three times.
    row: "502, 503, 504 (502, 504: a gateway that lost the service)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      ...says("sim:html-502"),
      ...says("sim:504"),
      "520, as Cloudflare has it": { answer: answer(520, "<html>Unknown error</html>") },
      "524, as Cloudflare has it": { answer: answer(524) },
    },
  },
  {
    row: "403 content_moderation, 422 public_figure",
    endings: ends("content_refused"),
    by: {
      ...says("sim:moderated"),
      ...says("sim:public-figure"),
      "an ordered refusal of a picture": { operation: TO_MODEL, fault: { kind: "refused" } },
    },
  },
  {
    // The picture was made: its full price is booked.
    row: "200 CONTENT_FILTERED",
    endings: ends("content_refused", "succeeded"),
    by: says("sim:filtered", { purchases: 1 }),
  },
  {
    row: "422 invalid_language",
    endings: ends("unsupported_language"),
    by: {
      ...says("sim:non-english"),
      "a prompt in Greek letters": { parameters: { prompt: "ένα ρομπότ" } },
    },
  },
  {
    row: "400, 413 (400)",
    endings: ends("provider_rejected"),
    by: says("sim:400"),
  },
  {
    row: "400, 413 (about the file)",
    endings: ends("invalid_input"),
    by: {
      ...says("sim:413"),
      "400 about the image": {
        operation: TO_MODEL,
        answer: answer(400, { id: "x", name: "bad_request", errors: ["image: cannot be read"] }),
      },
    },
  },
  {
    row: "401, 402, 404 (401, 404)",
    endings: ends("provider_auth"),
    by: {
      ...says("sim:401"),
      ...says("sim:404"),
      // Without the name it is no refusal of content.
      "401 as one report shows it": { answer: answer(401, { message: "Unauthorized" }) },
    },
  },
  {
    // A firewall's: the account is not to blame for one user's prompt.
    row: "not in the table: 403 with a page",
    endings: repeats("provider_unavailable"),
    by: says("sim:html-403"),
  },
  {
    row: "401, 402, 404 (402)",
    endings: ends("provider_credits"),
    by: says("sim:402"),
  },
  {
    row: "200 with empty body, or bytes that are not the announced type",
    endings: repeats("invalid_result", { call: "ambiguous" }),
    by: {
      ...says("sim:empty", { purchases: 1 }),
      ...says("sim:garbled", { purchases: 1 }),
      "a model of no bytes": {
        operation: TO_MODEL,
        fault: { kind: "empty_file" },
        purchases: 1,
      },
      "a model that is none": {
        operation: TO_MODEL,
        fault: { kind: "invalid_json" },
        purchases: 1,
      },
    },
  },
];

checkFailures("stability", { operation: "text-to-image", rows });

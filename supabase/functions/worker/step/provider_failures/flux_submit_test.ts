import { checkFailures } from "../../../../../testing/check_failures.ts";
import {
  answer,
  ends,
  type FailureRow,
  putsBack,
  repeats,
  says,
} from "../../../../../testing/failure_table.ts";

/**
 * What can go wrong with flux, as far as it is about submits. Not provoked: the adapter's own time limit,
 * which takes real time (an aborted signal stands for it).
 */
const rows: readonly FailureRow[] = [
  {
    row: "network error before the request was sent",
    endings: repeats("provider_unavailable"),
    by: { "nobody listens": { connection: "refused" } },
  },
  {
    row: "POST timed out or 5xx *after* the body was sent (no answer in time)",
    endings: repeats("timeout", { call: "ambiguous" }),
    by: { "no answer": { fault: { kind: "timeout" }, purchases: 1 } },
  },
  {
    row: "POST timed out or 5xx *after* the body was sent (reset, or given up by a gateway)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      "a hang-up": { connection: "hang-up" },
      ...says("sim:lost", { purchases: 1 }),
      ...says("sim:html-502"),
      "504": { answer: answer(504) },
      "520, as Cloudflare has it": { answer: answer(520, "<html>Unknown error</html>") },
      "524, as Cloudflare has it": { answer: answer(524) },
    },
  },
  {
    row: "429 on submit",
    endings: putsBack({ pauseScope: "pool", afterSeconds: 1 }),
    by: {
      ...says("sim:429"),
      ...says("sim:429-flat"),
      "an ordered 429": { fault: { kind: "rate_limited" } },
    },
  },
  {
    row: "429 on submit (Retry-After if present)",
    endings: putsBack({ pauseScope: "pool", afterSeconds: 40 }),
    by: {
      "Retry-After": { answer: answer(429, { detail: "Too many" }, { "retry-after": "40" }) },
    },
  },
  {
    // That of a job which was taken all the same looks like any other.
    row: "500 / 502 / 503 on submit",
    endings: repeats("provider_unavailable"),
    by: {
      ...says("sim:500"),
      ...says("sim:503"),
      ...says("sim:lost-500", { purchases: 1 }),
    },
  },
  {
    row: "400, 422",
    endings: ends("provider_rejected"),
    by: {
      ...says("sim:400"),
      "422": {
        answer: answer(422, {
          detail: [{ loc: ["body", "prompt"], msg: "Field required", type: "missing" }],
        }),
      },
    },
  },
  {
    row: "401, 403",
    endings: ends("provider_auth"),
    by: {
      ...says("sim:401"),
      ...says("sim:403"),
      // A malformed key.
      ...says("sim:422-key"),
    },
  },
  { row: "402", endings: ends("provider_credits"), by: says("sim:402") },
  {
    row: "not in the table: 200 on submit with something that is no answer",
    endings: repeats("invalid_result", { call: "ambiguous" }),
    by: {
      ...says("sim:html-200"),
      "half an id": { fault: { kind: "invalid_json" }, purchases: 1 },
    },
  },
];

checkFailures("flux", { operation: "image-to-image", rows });

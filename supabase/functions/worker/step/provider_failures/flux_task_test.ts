import { checkFailures } from "../../../../../testing/check_failures.ts";
import {
  answer,
  asksOn,
  asksThenEnds,
  ends,
  type FailureRow,
  type Provocation,
  runs,
  saidBefore,
} from "../../../../../testing/failure_table.ts";

/** The job is accepted; the step that asks for it meets this. */
function asking(provocation: Provocation): Provocation {
  return { step: "look", ...provocation };
}

/** The picture is made; the step that fetches it meets this. */
function fetching(kind: NonNullable<Provocation["fault"]>["kind"]): Provocation {
  return asking({ fault: { kind, operation: "download" } });
}

/** The same for an answer that the simulator does not give. */
function fetchingFrom(status: number): Provocation {
  return asking({
    answer: ({ url }) => url.includes("/delivery/") ? new Response(null, { status }) : undefined,
  });
}

const JOB = { step: "look", jobSeconds: 100 } as const;

/** What can go wrong with flux, as far as it is about jobs that were accepted. */
const rows: readonly FailureRow[] = [
  {
    row: "network error / 429 / 5xx on poll (network error, 5xx)",
    endings: asksOn("provider_unavailable"),
    by: {
      "nobody listens": asking({ connection: "refused" }),
      "a hang-up": asking({ connection: "hang-up" }),
      "half an answer": asking({ fault: { kind: "disconnect", operation: "poll" } }),
      "500": asking({ fault: { kind: "server_error", operation: "poll" } }),
      "503 of a gateway": asking({ answer: answer(503, "upstream connect error") }),
      "504": asking({ answer: answer(504) }),
    },
  },
  {
    row: "network error / 429 / 5xx on poll (429)",
    endings: asksOn("provider_rate_limited"),
    by: { "429": asking({ fault: { kind: "rate_limited", operation: "poll" } }) },
  },
  {
    row: "network error / 429 / 5xx on poll (no answer in time)",
    endings: asksOn("timeout"),
    by: { "no answer": asking({ fault: { kind: "timeout", operation: "poll" } }) },
  },
  {
    row: "network error / 429 / 5xx on poll (something that is no answer)",
    endings: asksOn("provider_unavailable"),
    by: {
      "broken JSON": asking({ fault: { kind: "invalid_json", operation: "poll" } }),
      "a page of a gateway": asking({ answer: answer(200, "<html>Please wait</html>") }),
    },
  },
  {
    row: "`Pending`, `Reasoning`, `Generating`",
    endings: runs,
    by: {
      "Pending": JOB,
      "Reasoning": {
        ...JOB,
        model: "flux-2-pro",
        parameters: { prompt_upsampling: true },
        secondsPassed: 20,
      },
      "Generating": { ...JOB, secondsPassed: 50 },
      // The document gives it up after 180 s. It is paid, asking is free, and it may end until the deadline.
      ...saidBefore("sim:stuck", { secondsPassed: 590 }),
    },
  },
  {
    row: "anything else: keep polling until the deadline",
    endings: asksOn("provider_unavailable"),
    by: {
      ...saidBefore("sim:unknown-status"),
      ...saidBefore("sim:empty"),
      "no status": asking({ answer: answer(200, { id: "job" }) }),
      "odd types": asking({ answer: answer(200, { id: 7, status: 7, result: 7, progress: "x" }) }),
    },
  },
  {
    // The document would submit once more; what was accepted once is never submitted again.
    row: "`Error`",
    endings: ends("provider_unavailable"),
    by: {
      ...saidBefore("sim:error", { purchases: 0 }),
      ...saidBefore("sim:failed", { purchases: 0 }),
      ...saidBefore("sim:poll-422", { purchases: 0 }),
    },
  },
  {
    row: "`Error` (`details` name the input)",
    endings: ends("invalid_input"),
    by: saidBefore("sim:error-input", { purchases: 0 }),
  },
  {
    row: "`Task not found` / 404 within 10 s of submit",
    endings: asksThenEnds("invalid_result"),
    by: {
      ...saidBefore("sim:lag", { secondsPassed: 1 }),
      ...saidBefore("sim:lag-404", { secondsPassed: 1 }),
    },
  },
  {
    // The document would end it at once. It is paid, asking is free, and clusters have been seen to lag.
    row: "`Task not found` / 404 later",
    endings: asksThenEnds("invalid_result"),
    by: {
      ...saidBefore("sim:not-found", { secondsPassed: 60 }),
      ...saidBefore("sim:not-found-404", { secondsPassed: 60 }),
    },
  },
  {
    row: "download 403/410 (expired link)",
    endings: asksThenEnds("invalid_result"),
    by: {
      "after its ten minutes": asking({ secondsPassed: 10 * 60 }),
      "403": fetching("refused"),
      "410": fetchingFrom(410),
    },
  },
  {
    row: "download network error / 5xx",
    endings: asksOn("provider_unavailable"),
    by: {
      "half a picture": fetching("disconnect"),
      "503": fetching("server_error"),
      "504": fetchingFrom(504),
      "429": fetching("rate_limited"),
    },
  },
  {
    row: "download network error / 5xx (no answer in time)",
    endings: asksOn("timeout"),
    by: { "no answer": fetching("timeout") },
  },
  {
    // What is paid is asked for until the deadline: a key may have been changed a moment too early.
    row: "401, 403 (on poll)",
    endings: asksOn("provider_auth"),
    by: { "403": asking({ fault: { kind: "refused", operation: "poll" } }) },
  },
  {
    row: "`Request Moderated`, `Content Moderated`",
    endings: ends("content_refused"),
    by: {
      ...saidBefore("sim:moderated-input", { purchases: 0 }),
      ...saidBefore("sim:moderated-output", { purchases: 0 }),
    },
  },
  {
    row: "not in the table: no picture, or none that is one",
    endings: asksThenEnds("invalid_result"),
    by: {
      ...saidBefore("sim:empty-file"),
      "its beginning only": fetching("invalid_json"),
    },
  },
];

checkFailures("flux", { operation: "image-to-image", rows });

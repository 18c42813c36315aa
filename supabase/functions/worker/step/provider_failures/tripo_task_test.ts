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

/** The task is accepted; the step that asks for it meets this. */
function asking(provocation: Provocation): Provocation {
  return { step: "look", ...provocation };
}

const download = "download";
/** What the service ends itself it does not charge. */
const free = { purchases: 0 };

function task(data: Readonly<Record<string, unknown>>): ReturnType<typeof answer> {
  return answer(200, { code: 0, data });
}

/** What can go wrong with tripo, as far as it is about tasks that were accepted. */
const rows: readonly FailureRow[] = [
  {
    row: "poll fails (network, 5xx)",
    endings: asksOn("provider_unavailable"),
    by: {
      "nobody listens": asking({ connection: "refused" }),
      "a hang-up": asking({ connection: "hang-up" }),
      "half an answer": asking({ fault: { kind: "disconnect", operation: "poll" } }),
      "500": asking({ fault: { kind: "server_error", operation: "poll" } }),
      "502 of a gateway": asking({ answer: answer(502, "<html></html>") }),
    },
  },
  {
    row: "poll fails (429)",
    endings: asksOn("provider_rate_limited"),
    by: { "429": asking({ fault: { kind: "rate_limited", operation: "poll" } }) },
  },
  {
    row: "poll fails (no answer in time)",
    endings: asksOn("timeout"),
    by: { "no answer": asking({ fault: { kind: "timeout", operation: "poll" } }) },
  },
  {
    row: "poll fails (something that is no answer)",
    endings: asksOn("provider_unavailable"),
    by: {
      "broken JSON": asking({ fault: { kind: "invalid_json", operation: "poll" } }),
      "a page of a gateway": asking({ answer: answer(200, "<html>Please wait</html>") }),
    },
  },
  {
    // What is paid is asked for until the deadline: a key may have been changed a moment too early.
    row: "401, 403/1005 (on poll)",
    endings: asksOn("provider_auth"),
    by: { "403": asking({ fault: { kind: "refused", operation: "poll" } }) },
  },
  {
    row: "2008 at submit; `failed`+2008; `banned` (of a task)",
    endings: ends("content_refused"),
    by: { ...saidBefore("sim:failed-2008", free), ...saidBefore("sim:banned", free) },
  },
  {
    // The document would submit a new task; what was accepted once is never submitted again.
    row: "`failed` with 1000/1001/other server code",
    endings: ends("provider_unavailable"),
    by: {
      ...saidBefore("sim:failed-1000", free),
      ...saidBefore("sim:failed-1001", free),
      ...saidBefore("sim:cancelled", free),
    },
  },
  {
    // As above. It says itself that no credits were taken.
    row: "`failed`+2018 / `expired`",
    endings: ends("timeout"),
    by: { ...saidBefore("sim:failed-2018", free), ...saidBefore("sim:expired", free) },
  },
  {
    row: '`failed`+2018 / `expired` (not for "too complex")',
    endings: ends("invalid_input"),
    by: saidBefore("sim:too-complex", free),
  },
  {
    row: "2001 on poll within 10 s of submit",
    endings: asksThenEnds("invalid_result"),
    by: saidBefore("sim:lag", { secondsPassed: 1 }),
  },
  {
    // The document would end it at once. It is paid, and asking is free.
    row: "2001 later",
    endings: asksThenEnds("invalid_result"),
    by: saidBefore("sim:not-found", { secondsPassed: 60 }),
  },
  {
    row: "download 403",
    endings: asksThenEnds("invalid_result"),
    by: { "403": asking({ fault: { kind: "refused", operation: download } }) },
  },
  {
    row: "not in the table: download network error / 5xx",
    endings: asksOn("provider_unavailable"),
    by: {
      "half a model": asking({ fault: { kind: "disconnect", operation: download } }),
      "503": asking({ fault: { kind: "server_error", operation: download } }),
      "429": asking({ fault: { kind: "rate_limited", operation: download } }),
    },
  },
  {
    row: "not in the table: `queued`, `running`",
    endings: runs,
    by: {
      "queued": asking({ jobSeconds: 100 }),
      "running": asking({ jobSeconds: 100, secondsPassed: 50 }),
      ...saidBefore("sim:stuck-99", { secondsPassed: 20 * 60 }),
    },
  },
  {
    row: "`unknown`, anything else: poll on until the deadline",
    endings: asksOn("provider_unavailable"),
    by: {
      ...saidBefore("sim:unknown", free),
      ...saidBefore("sim:empty"),
      "a status of tomorrow": asking({ answer: task({ status: "refining" }) }),
    },
  },
  {
    row: "not in the table: no model, or none that is one",
    endings: asksThenEnds("invalid_result"),
    by: {
      ...saidBefore("sim:empty-file"),
      ...saidBefore("sim:wrong-format"),
      "its beginning only": asking({ fault: { kind: "invalid_json", operation: download } }),
    },
  },
];

checkFailures("tripo", { operation: "text-to-model", rows });

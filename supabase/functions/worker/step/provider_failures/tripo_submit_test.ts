import { checkFailures } from "../../../../../testing/check_failures.ts";
import {
  answer,
  ends,
  type FailureRow,
  type Provocation,
  putsBack,
  repeats,
  runs,
  says,
} from "../../../../../testing/failure_table.ts";

const upload = "upload";

/** The file has to be handed in first. */
function uploading(provocation: Provocation): Provocation {
  return {
    operation: "image-to-model",
    parameters: { input_image_asset_urls: ["front"] },
    ...provocation,
  };
}

/** The draft has to be looked up first. */
function lookingUp(kind: NonNullable<Provocation["fault"]>["kind"]): Provocation {
  return { operation: "refine-model", fault: { kind, operation: "poll" } };
}

/** What the service says under a status of its own. */
function refusal(
  status: number,
  code: number,
  headers: Readonly<Record<string, string>> = {},
): ReturnType<typeof answer> {
  return answer(status, { code, status: "error", message: "Words" }, headers);
}

/**
 * What can go wrong with tripo, as far as it is about submits. Not provoked: the adapter's own time limits,
 * which take real minutes (an aborted signal stands for them); `presign`, which is for files larger
 * than we take; and 1004 for an address, as we give tokens only.
 */
const rows: readonly FailureRow[] = [
  {
    row: "network error before the request left",
    endings: repeats("provider_unavailable"),
    by: { "nobody listens": { connection: "refused" } },
  },
  {
    // Looked for first; not found, it is repeated once at most, or never, by the lane.
    row: "submit: timeout or 5xx after the body was sent (no answer in time)",
    endings: repeats("timeout", { call: "ambiguous" }),
    by: { "no answer": { fault: { kind: "timeout" }, purchases: 1 } },
  },
  {
    row: "submit: timeout or 5xx after the body was sent (reset, 5xx)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      "a hang-up": { connection: "hang-up" },
      ...says("sim:lost", { purchases: 1 }),
      ...says("sim:lost-500", { purchases: 1 }),
      ...says("sim:lost-408", { purchases: 1 }),
      ...says("sim:lost-425", { purchases: 1 }),
      ...says("sim:lost-502", { purchases: 1 }),
      ...says("sim:lost-504", { purchases: 1 }),
      ...says("sim:500"),
      "520, as Cloudflare has it": { answer: answer(520, "<html>Unknown error</html>") },
      "524, as Cloudflare has it": { answer: answer(524) },
      ...says("sim:html-502"),
      "an ordered 500": { fault: { kind: "server_error" } },
    },
  },
  {
    row: "submit: 503 (it was not acted on)",
    endings: repeats("provider_unavailable"),
    by: { ...says("sim:503"), "of a gateway": { answer: answer(503, "<html></html>") } },
  },
  {
    row: "submit: 429 / 2000",
    endings: putsBack({ pauseScope: "pool", afterSeconds: 1 }),
    by: {
      ...says("sim:2000"),
      ...says("sim:429"),
      "an ordered 429": { fault: { kind: "rate_limited" } },
    },
  },
  {
    row: "submit: 429 / 2000 (Retry-After)",
    endings: putsBack({ pauseScope: "pool", afterSeconds: 40 }),
    by: {
      "seconds": { answer: refusal(429, 2000, { "retry-after": "40" }) },
      "a date": {
        answer: (request) =>
          refusal(429, 2000, { "retry-after": new Date(Date.now() + 60_000).toUTCString() })(
            request,
          ),
      },
    },
  },
  {
    row: "submit: 429 / 1007",
    endings: putsBack({ afterSeconds: 1 }),
    by: says("sim:1007"),
  },
  {
    row: "submit: 429 / 1007 (until X-RateLimit-Reset)",
    endings: putsBack({ afterSeconds: 40 }),
    by: { "X-RateLimit-Reset": { answer: refusal(429, 1007, { "x-ratelimit-reset": "40" }) } },
  },
  {
    row: "upload / presign / GET: network, 429, 5xx (network, 5xx)",
    endings: repeats("provider_unavailable"),
    by: {
      "nobody listens to an upload": uploading({ connection: "refused" }),
      "a hang-up during an upload": uploading({ connection: "hang-up" }),
      "half an answer to an upload": uploading({
        fault: { kind: "disconnect", operation: upload },
      }),
      "500 to an upload": uploading({ fault: { kind: "server_error", operation: upload } }),
      "a page of a gateway for an upload": uploading({ answer: answer(502, "<html></html>") }),
      "500 to a GET": lookingUp("server_error"),
      "a page of a gateway for a GET": {
        operation: "refine-model",
        answer: ({ method }) => method === "GET" ? new Response("<html></html>") : undefined,
      },
    },
  },
  {
    row: "upload / presign / GET: network, 429, 5xx (429)",
    endings: putsBack(),
    by: {
      "429 to an upload": uploading({ fault: { kind: "rate_limited", operation: upload } }),
      "429 to a GET": lookingUp("rate_limited"),
    },
  },
  {
    row: "upload / presign / GET: network, 429, 5xx (no answer in time)",
    endings: repeats("timeout"),
    by: {
      "no answer to an upload": uploading({ fault: { kind: "timeout", operation: upload } }),
      "no answer to a GET": lookingUp("timeout"),
    },
  },
  {
    row: "401, 403/1005",
    endings: ends("provider_auth"),
    by: {
      ...says("sim:401"),
      ...says("sim:1005"),
      "401 as the documentation has it": { answer: refusal(401, 1000) },
      "403 to an upload": uploading({ fault: { kind: "refused", operation: upload } }),
    },
  },
  {
    // The client chose it: it may be another key's. The file is there all the same.
    row: "401, 403/1005 (of the draft that is looked up)",
    endings: runs,
    by: { "403 to a GET": { ...lookingUp("refused"), purchases: 1 } },
  },
  { row: "403/2010", endings: ends("provider_credits"), by: says("sim:2010") },
  {
    row: "1003, 1004, 2002–2004, 2006, 2007, 2009, 2015–2017 (parameters)",
    endings: ends("provider_rejected"),
    by: {
      ...says("sim:1003"),
      ...says("sim:1004"),
      ...says("sim:2002"),
      ...says("sim:2009"),
      ...says("sim:2015"),
      ...says("sim:2016"),
      ...says("sim:2017"),
    },
  },
  {
    row: "1003, 1004, 2002–2004, 2006, 2007, 2009, 2015–2017 (files and source tasks)",
    endings: ends("invalid_input"),
    by: { ...says("sim:2003"), ...says("sim:2004"), ...says("sim:2006"), ...says("sim:2007") },
  },
  {
    row: "2008 at submit; `failed`+2008; `banned` (at submit)",
    endings: ends("content_refused"),
    by: {
      ...says("sim:2008"),
      ...says("sim:200-2008"),
      "an ordered refusal": { fault: { kind: "refused" } },
    },
  },
  {
    row: "2014",
    endings: repeats("provider_unavailable", { afterSeconds: 5 }),
    by: says("sim:2014"),
  },
  {
    row: "not in the table: 200 on submit with something that is no answer",
    endings: repeats("invalid_result", { call: "ambiguous" }),
    by: {
      ...says("sim:html-200"),
      "half an id": { fault: { kind: "invalid_json" }, purchases: 1 },
    },
  },
];

checkFailures("tripo", { operation: "text-to-model", rows });

import type { AssetKind } from "../../shared/contract/operations.ts";
import type { Fault } from "../../simulators/faults.ts";
import type { Phase, Point } from "./gate.ts";

/** What has to have become of a task. */
export interface Ending {
  readonly status: "complete" | "failed";
  readonly errorCode: string | null;
  readonly purchases: number;
  /** Outcomes of the ledger, in order. */
  readonly calls: readonly string[];
}

/** Whether the other side has got as far as this with the first interaction of the name. */
export type Happened = (name: string, phase: Phase, occurrence?: number) => boolean;

export interface Scenario {
  readonly name: string;
  readonly provider: string;
  readonly operation: string;
  readonly output: AssetKind;
  readonly parameters: (picture: string) => Readonly<Record<string, string | readonly string[]>>;
  readonly faults: readonly Fault[];
  /** Where to kill, each time before and after. Absent: everywhere. */
  readonly only?: readonly Omit<Point, "phase">[];
  /** What is to become of it when its worker is killed at a point up to which this has happened. */
  expect(happened: Happened): Ending;
}

/** The interactions of a worker that belong to no task. */
export const IDLE = [
  "retire_worker",
  "extend_leases",
  "recover_tasks",
  "reconcile_if_due",
  "files_to_remove_if_due",
  "reported_files_if_due",
  "confirm_hidden_files",
  "removable_files_if_due",
  "take_maintenance_job",
  "note_models",
  "openai GET /v1/models",
  "recraft GET /v1/models",
];

export const complete = (purchases: number, ...calls: string[]): Ending => ({
  status: "complete",
  errorCode: null,
  purchases,
  calls,
});
const failed = (errorCode: string, purchases: number, ...calls: string[]): Ending => ({
  status: "failed",
  errorCode,
  purchases,
  calls,
});

/**
 * The rules of the product: what has a handle or is settled is not submitted again; what was lost before
 * it was sent is submitted by another worker; a call that may have been made is looked for where the
 * provider has a list, made once more where the lane allows it, and else ends the task.
 *
 * @param billable The interaction that is billed.
 */
function byTheRules(billable: string, then: "resubmit" | "look"): Scenario["expect"] {
  return (happened) => {
    const isSafe = happened("settle_task complete", "after") ||
      happened("settle_task snooze", "after");
    if (isSafe || !happened("claim_tasks", "after")) return complete(1, "succeeded");
    if (!happened("mark_call_sent", "after")) return complete(1, "failed", "succeeded");
    const bought = happened(billable, "after") ? 1 : 0;
    if (then === "resubmit") return complete(bought + 1, "ambiguous", "succeeded");
    return bought > 0 ? complete(1, "succeeded") : failed("outcome_unknown", 0, "ambiguous");
  };
}

const prompt = "A red cube";
const textToImage = {
  provider: "stability",
  operation: "text-to-image",
  output: "image",
  parameters: () => ({ prompt }),
} as const;

const textToModel = {
  provider: "tripo",
  operation: "text-to-model",
  output: "model",
  parameters: () => ({ prompt }),
} as const;

export const scenarios: readonly Scenario[] = [
  {
    name: "stability image-to-image",
    provider: "stability",
    operation: "image-to-image",
    output: "image",
    parameters: (picture) => ({ prompt, input_image_asset_url: picture }),
    faults: [],
    expect: byTheRules("stability POST /v2beta/stable-image/control/style", "resubmit"),
  },
  {
    name: "tripo image-to-model",
    provider: "tripo",
    operation: "image-to-model",
    output: "model",
    parameters: (picture) => ({ input_image_asset_urls: [picture] }),
    faults: [],
    expect: byTheRules("tripo POST /v3/generation/image-to-model", "look"),
  },
  {
    name: "recraft text-to-image",
    provider: "recraft",
    operation: "text-to-image",
    output: "image",
    parameters: () => ({ prompt }),
    faults: [],
    expect: byTheRules("recraft POST /v1/images/generations", "resubmit"),
  },
  {
    ...textToImage,
    name: "stability, failing once",
    faults: [{ provider: "stability", kind: "server_error", times: 1 }],
    only: [{ name: "settle_task failure", occurrence: 1 }],
    expect: (happened) =>
      complete(1, happened("settle_task failure", "after") ? "failed" : "ambiguous", "succeeded"),
  },
  {
    ...textToImage,
    name: "stability, refusing",
    faults: [{ provider: "stability", kind: "refused", times: 9 }],
    only: [{ name: "settle_task failure", occurrence: 1 }],
    expect: (happened) =>
      happened("settle_task failure", "after")
        ? failed("content_refused", 0, "failed")
        : failed("content_refused", 0, "ambiguous", "failed"),
  },
  {
    ...textToModel,
    name: "tripo, still at it",
    faults: [{
      provider: "tripo",
      operation: "text-to-model",
      kind: "slow",
      times: 1,
      latency_ms: 800,
    }],
    only: [
      { name: "tripo GET /v3/tasks/*", occurrence: 1 },
      { name: "settle_task snooze", occurrence: 2 },
    ],
    expect: () => complete(1, "succeeded"),
  },
  {
    ...textToModel,
    name: "tripo, an answer that is lost",
    faults: [{ provider: "tripo", operation: "text-to-model", kind: "disconnect", times: 1 }],
    only: [
      { name: "settle_task failure", occurrence: 1 },
      { name: "tripo GET /v3/account/usage", occurrence: 1 },
      { name: "tripo POST /v3/tasks/list", occurrence: 1 },
      { name: "settle_task snooze", occurrence: 1 },
    ],
    expect: () => complete(1, "succeeded"),
  },
  {
    ...textToModel,
    name: "tripo, not in the list while it runs",
    parameters: () => ({ prompt: `${prompt} sim:listed-late` }),
    faults: [{ provider: "tripo", operation: "text-to-model", kind: "stuck", times: 1 }],
    only: [{ name: "tripo POST /v3/generation/text-to-model", occurrence: 1 }],
    expect: (happened) =>
      failed(
        "outcome_unknown",
        happened("tripo POST /v3/generation/text-to-model", "after") ? 1 : 0,
        "ambiguous",
      ),
  },
  {
    ...textToImage,
    name: "stability, heartbeat",
    // Longer than until the first heartbeat.
    faults: [{ provider: "stability", kind: "slow", times: 1, latency_ms: 6_000 }],
    only: [{ name: "extend_leases", occurrence: 1 }],
    expect: () => complete(2, "ambiguous", "succeeded"),
  },
];

import type { Purchase } from "../../faults/simulator_control.ts";
import { markOf, type TaskOutcome } from "./outcomes.ts";
import type { MarkedRequest } from "./requests.ts";

const FINAL = ["complete", "failed", "canceled"];

/** How often a lane repeats an ambiguous call, as its migration says. */
const REPEATS: Readonly<Record<string, number>> = { tripo: 0 };

/** Where what was bought is in a list, and so found when its answer is lost. */
const LISTED = ["tripo"];

/** Everything that should not be, in words. */
export function findProblems(
  requests: readonly MarkedRequest[],
  outcomes: readonly TaskOutcome[],
  purchases: readonly Purchase[],
): string[] {
  const marks = new Set(requests.map(({ mark }) => mark));
  const unknown = purchases.filter((purchase) => !marks.has(markOf(purchase)));
  const problems = outcomes.flatMap((outcome) =>
    [...stateProblems(outcome), ...purchaseProblems(outcome)].map((problem) =>
      `${outcome.provider} ${outcome.id} (${describe(outcome)}): ${problem}`
    )
  );
  if (outcomes.length !== requests.length) {
    problems.push(`${outcomes.length} tasks of ${requests.length} requests`);
  }
  if (unknown.length > 0) problems.push(`${unknown.length} purchases of no task`);
  return problems;
}

function stateProblems({ status, assets, assetUrls, files }: TaskOutcome): string[] {
  const problems: string[] = [];
  if (!FINAL.includes(status)) problems.push("has not ended");
  const isComplete = status === "complete";
  const shown = assets.filter(({ url }) => url !== null).length;
  if (assets.length !== 1 || assets[0]?.status !== status) problems.push("its asset row differs");
  if (isComplete && (files !== 1 || shown !== 1 || assetUrls.length !== 1)) {
    problems.push(`complete with ${files} files, ${shown} shown`);
  }
  if (!isComplete && (shown > 0 || assetUrls.length > 0)) problems.push("shows a file");
  return problems;
}

/** What the ledger knows, and what the providers have billed, must not contradict each other. */
function purchaseProblems(outcome: TaskOutcome): string[] {
  const { provider, status, errorCode, calls, purchases, windsDown } = outcome;
  const count = (outcome: string | null): number =>
    calls.filter((call) => call.outcome === outcome).length;
  const [succeeded, ambiguous, open] = [count("succeeded"), count("ambiguous"), count(null)];
  const repeats = REPEATS[provider] ?? 1;
  const bought = purchases.length;
  const problems: string[] = [];
  // What a provider never ends is asked for until long after its deadline.
  if (open !== (windsDown ? 1 : 0)) problems.push("a call is under way for ever");
  if (status === "complete" && succeeded !== 1) problems.push("complete without a call that was");
  if (bought < succeeded) problems.push("the ledger has a purchase that never was");
  if (bought > succeeded + ambiguous + open) {
    problems.push("bought more often than the ledger knows");
  }
  if (ambiguous > 1 + repeats || bought > 1 + repeats) problems.push("repeated more than allowed");
  if (LISTED.includes(provider) && errorCode === "outcome_unknown" && bought > 0) {
    problems.push("bought, in the list, and not found there");
  }
  // What was accepted under a handle is the last that was ordered.
  const accepted = calls.findIndex(({ handle }) => handle !== null);
  if (accepted >= 0 && accepted !== calls.length - 1) problems.push("ordered again with a handle");
  return problems;
}

function describe({ status, errorCode, calls, purchases }: TaskOutcome): string {
  const ledger = calls.map(({ outcome, handle }) => `${outcome}${handle ? " by handle" : ""}`);
  return [status, errorCode, `[${ledger.join(", ")}]`, `bought ${purchases.length}`]
    .filter((word) => word !== null).join(" ");
}

/** Addresses of results behind which there is no file. */
export async function findDeadAddresses(outcomes: readonly TaskOutcome[]): Promise<string[]> {
  const dead: string[] = [];
  const addresses = outcomes.flatMap(({ assetUrls }) => assetUrls).values();
  const readers = Array.from({ length: 8 }, async () => {
    for (const address of addresses) {
      const response = await fetch(address);
      const { byteLength } = await response.arrayBuffer();
      if (!response.ok || byteLength === 0) dead.push(`${address} answers ${response.status}`);
    }
  });
  await Promise.all(readers);
  return dead;
}

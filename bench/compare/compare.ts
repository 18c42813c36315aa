import { join } from "node:path";
import { print } from "../../tools/command_line.ts";
import { showStep } from "../../tools/progress.ts";
import { checkOut, commitOf, commitWorkingTree, createFolder } from "./checkouts.ts";
import { countCosts } from "./count_costs.ts";
import { timeRounds } from "./time_rounds.ts";
import { isOver, ratiosOfCosts, ratiosOfTimes, ratioTable } from "./verdict.ts";
import { startVersion, type Version } from "./version.ts";

export interface ComparisonOptions {
  /** Name of the commit to compare the working tree with. */
  readonly against: string;
  readonly rounds: number;
  /** What no ratio of this to the other may be above. */
  readonly limit: number;
  /** The first of the ports of both versions. */
  readonly port: number;
}

/** From the first port of one version to that of the other. */
const PORT_DISTANCE = 20;

/**
 * Compares the working tree with another commit, each on a stack that its own code runs, and prints
 * the ratios. Returns whether none is above the limit.
 */
export async function compareWith(
  { against, rounds, limit, port }: ComparisonOptions,
  undo: AsyncDisposableStack,
): Promise<boolean> {
  const [ourCommit, theirCommit] = [await commitWorkingTree(), await commitOf(against)];
  const folder = await createFolder(undo);
  const start = async (name: string, commit: string, first: number): Promise<Version> => {
    const checkout = join(folder, name);
    await checkOut(commit, checkout, undo);
    return await startVersion(checkout, first, undo);
  };
  const ours = await showStep("Start this version", () => start("this", ourCommit, port));
  const theirs = await showStep(
    `Start ${against} (${theirCommit.slice(0, 7)})`,
    () => start("that", theirCommit, port + PORT_DISTANCE),
  );
  const times = await showStep(`${rounds} rounds`, () => timeRounds(ours, theirs, rounds));
  const ratiosOfRounds = ratiosOfTimes(times);
  // At once: the counts take as long again.
  print(`\n${ratioTable(ratiosOfRounds, against, limit)}\n`);
  const [ourCosts, theirCosts] = await showStep(
    "Counts",
    () => Promise.all([countCosts(ours), countCosts(theirs)]),
  );

  const ratiosOfCounts = ratiosOfCosts(ourCosts, theirCosts);
  print(`\n${ratioTable(ratiosOfCounts, against, limit)}\n`);
  const ratios = [...ratiosOfRounds, ...ratiosOfCounts];
  const over = ratios.filter((ratio) => isOver(ratio, limit));
  print(over.length === 0 ? `Nothing is above ${limit}` : `Above ${limit}: ${over.length}`);
  return over.length === 0;
}

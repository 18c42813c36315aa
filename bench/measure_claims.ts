/** Measures claims by themselves, on the stack that `run.ts` has started, and prints what it found. */
import { showStep } from "../tools/progress.ts";
import { print } from "../tools/command_line.ts";
import { measureBesideSnapshot } from "./claims/claims_beside_snapshot.ts";
import { measureClaimRates } from "./claims/claims_per_second.ts";
import { withLanes } from "./claims/lanes_database.ts";
import { figure, markdownTable } from "./table.ts";

await withLanes(async (url, sql) => {
  const rates = await showStep("Claims of many at once", () => measureClaimRates(url, sql));
  const times = await showStep(
    "Claims beside an open snapshot",
    () => measureBesideSnapshot(url, sql),
  );
  print(markdownTable(
    ["claimers", "tasks/s", "to 1 claimer", "to 4 claimers"],
    rates.map(({ claimers, perSecond, ratio, ratioToFour }) => [
      String(claimers),
      figure(perSecond),
      figure(ratio),
      figure(ratioToFour),
    ]),
  ));
  print(markdownTable(
    ["versions", "claim of 20, ms", "claim of none, ms", "settlement, ms"],
    times.map(({ versions, claimOfTwenty, claimOfNothing, settlement }) => [
      String(versions),
      figure(claimOfTwenty),
      figure(claimOfNothing),
      figure(settlement),
    ]),
  ));
});

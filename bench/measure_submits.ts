/** Measures submits of many at once by themselves, on the stack that `run.ts` has started, and prints it. */
import { print } from "../tools/command_line.ts";
import { showStep } from "../tools/progress.ts";
import { withLanes } from "./claims/lanes_database.ts";
import { measureSubmitRates } from "./submits/submit_rates.ts";
import { figure, markdownTable } from "./table.ts";

await withLanes(async (url, sql) => {
  const rates = await showStep("Submits of many at once", () => measureSubmitRates(url, sql));
  print(markdownTable(
    ["submits of 16 callers", "with all caps, a second", "without, a second", "ratio"],
    rates.map(({ name, withCaps, withoutCaps, ratio }) => [
      name,
      figure(withCaps),
      figure(withoutCaps),
      ratio.toFixed(2),
    ]),
  ));
});

/** `deno task ok`: the fast gate. What it says is short while all is well, and ends with what failed. */
import { main, print } from "../tools/command_line.ts";
import { ok } from "../tools/commands/development_commands.ts";
import { runGate } from "./gate.ts";
import { reportLines } from "./report.ts";

await main(ok, async () => {
  const report = await runGate();
  print(reportLines([report]).join("\n"));
  Deno.exit(report.failed.length > 0 ? 1 : 0);
});

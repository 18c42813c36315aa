/** `deno task submits`: the maintenance switch. Pauses and resumes new requests. */
import { main } from "../command_line.ts";
import { submits } from "../commands/operator_commands.ts";
import { pauseStatus, pauseSubmits, resumeSubmits } from "./submits/commands.ts";
import { readPause } from "./submits/pause_options.ts";
import { runOnDatabase, type Work } from "./run_command.ts";

await main(submits, async ({ action, values }) => {
  // Everything a person may have mistyped is told before anything is connected to.
  const work: Record<typeof action, () => Work> = {
    pause: () => {
      const pause = readPause(values);
      return (sql) => pauseSubmits(sql, pause);
    },
    resume: () => resumeSubmits,
    status: () => async (sql) => (await pauseStatus(sql)).text,
  };
  await runOnDatabase(values.port, work[action]());
});

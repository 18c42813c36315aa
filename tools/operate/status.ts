/**
 * `deno task status`: what is wrong, and what is going on, on one screen; with `--all` the rest of
 * `monitoring`, too. Exit code 1 if there is an alert, so that a script can ask, too; 2 if it cannot be
 * told.
 */
import type { Alert } from "../../shared/operator/read_alerts.ts";
import { main } from "../command_line.ts";
import { status } from "../commands/operator_commands.ts";
import { terminalWidth } from "../terminal.ts";
import { alertLines, alertsInShort, findAlerts } from "./status/alerts.ts";
import { allTables } from "./status/all_tables.ts";
import { overview } from "./status/overview.ts";
import { runOnDatabase } from "./run_command.ts";

/** Lines of the smallest screen, without the one that says which database it is, and the prompt. */
const SCREEN_LINES = 22;

await main(status, async ({ values: { all, port } }) => {
  const width = terminalWidth();
  let alerts: readonly Alert[] = [];
  await runOnDatabase(port, async (sql, { localPort }) => {
    alerts = await findAlerts(sql, localPort);
    const lines = [
      ...alertsInShort(alerts, width),
      ...(await overview(sql, { width, localPort })),
      ...(all ? await allTables(sql, width) : []),
    ];
    const room = all ? Infinity : SCREEN_LINES - lines.length;
    return [...lines, ...alertLines(alerts, { width, room })].join("\n");
  });
  if (alerts.length > 0) Deno.exit(1);
}, 2);

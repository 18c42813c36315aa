/**
 * `deno task status`: what `monitoring` says, alerts first. Of the running stack, or of the database
 * that DATABASE_URL names. Exit code 1 if there is an alert, so that a script can ask, too; 2 if it
 * cannot be told.
 */
import { parseArgs } from "node:util";
import type postgres from "postgres";
import { DEFAULT_PORT, main, print } from "../command_line.ts";
import { connectToOperate } from "../local/running_stack.ts";
import { type Cell, textTable } from "../text_table.ts";
import { statusTables } from "./status_tables.ts";
import { pauseStatus } from "./submits/commands.ts";

interface Alert {
  readonly severity: string;
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly since: Date | null;
}

await main(async () => {
  const { values } = parseArgs({
    args: Deno.args,
    options: { port: { type: "string", default: String(DEFAULT_PORT) } },
  });
  const sql = await connectToOperate(Number(values.port));
  let alerts: readonly Alert[];
  try {
    alerts = await sql<Alert[]>`select * from monitoring.alerts()`;
    printAlerts(alerts);
    await printPause(sql);
    for (const { title, query } of statusTables) {
      printTable(title, await sql.unsafe<Record<string, Cell>[]>(query));
    }
  } finally {
    await sql.end();
  }
  if (alerts.length > 0) Deno.exit(1);
}, 2);

function printAlerts(alerts: readonly Alert[]): void {
  if (alerts.length === 0) return print("No alerts");
  print(`${alerts.length} ${alerts.length === 1 ? "alert" : "alerts"}; see docs/operations.md`);
  for (const { severity, code, subject, message, since } of alerts) {
    print(`  [${severity}] ${code} ${subject}${since ? ` since ${since.toISOString()}` : ""}`);
    print(`    ${message}`);
  }
}

/** Whoever looks is to see it at once, also before it is an alert. */
async function printPause(sql: postgres.Sql): Promise<void> {
  const { isPaused, text } = await pauseStatus(sql);
  if (isPaused) print(text);
}

function printTable(title: string, rows: readonly Record<string, Cell>[]): void {
  if (rows.length === 0) return print(`\n${title}: none`);
  print(`\n${title}`);
  for (const line of textTable(rows).split("\n")) print(`  ${line}`);
}

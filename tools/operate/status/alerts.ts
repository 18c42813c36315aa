import type postgres from "postgres";
import { type Alert, readAlerts } from "../../../shared/operator/read_alerts.ts";
import { sameStackCommand } from "../../command_line.ts";
import { wrap } from "../../commands/wrap.ts";
import { findFullDisk } from "./disk.ts";

/** What is wrong, the critical first: what the database says and, of a local stack, its disk. */
export async function findAlerts(
  sql: postgres.Sql,
  localPort: number | undefined,
): Promise<readonly Alert[]> {
  const alerts = await readAlerts(sql);
  const isKnown = alerts.some(({ code }) => code === "disk_full");
  const fullDisk = localPort === undefined || isKnown ? undefined : await findFullDisk(localPort);
  return [...(fullDisk ? [fullDisk] : []), ...alerts];
}

/** One line, whatever there is. */
export function alertsInShort(alerts: readonly Alert[], width: number): string[] {
  if (alerts.length === 0) return ["No alerts"];
  const names = alerts.map(({ code, subject }) => `${code} ${subject}`).join(", ");
  const line = `${countOf(alerts)}: ${names}`;
  return [line.length <= width ? line : `${line.slice(0, width - 2)} …`];
}

interface Room {
  readonly width: number;
  /** How many lines there may be. */
  readonly room: number;
}

/** Each with what to do, as many as there is room for: at the end, where a person looks. */
export function alertLines(alerts: readonly Alert[], { width, room }: Room): string[] {
  const blocks = alerts.map(({ severity, code, subject, message, since }) => [
    `  [${severity}] ${code} ${subject}${since ? ` since ${inSeconds(since)}` : ""}`,
    ...wrap(message, width - 4).map((line) => `    ${line}`),
  ]);
  if (blocks.length === 0) return [];
  const lines = ["", `${countOf(alerts)}; see docs/operations.md`];
  let shown = 0;
  for (const block of blocks) {
    // One line is kept for what is left out.
    const kept = shown === blocks.length - 1 ? 0 : 1;
    if (lines.length + block.length + kept > room) break;
    lines.push(...block);
    shown++;
  }
  const missing = blocks.length - shown;
  if (missing > 0) lines.push(`  and ${missing} more: ${sameStackCommand("status")} --all`);
  return lines;
}

function countOf({ length }: readonly Alert[]): string {
  return `${length} ${length === 1 ? "alert" : "alerts"}`;
}

function inSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

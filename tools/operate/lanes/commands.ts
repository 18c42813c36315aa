import type postgres from "postgres";
import { operate } from "../../../shared/operator/operate.ts";
import { sameStackCommand } from "../../command_line.ts";

/** Starts nothing more of a lane. Returns what that means. */
export async function pauseLane(sql: postgres.Sql, name: string): Promise<string> {
  await operate(sql, null, { action: "pause_lane", provider: name });
  return `${name} is paused: what was started goes on, and what is submitted waits until its ` +
    `deadline.\nOpen it again: ${sameStackCommand("lanes")} resume ${name}`;
}

/** Opens a lane again, for all its users, whatever paused it. */
export async function resumeLane(sql: postgres.Sql, name: string): Promise<string> {
  await operate(sql, null, { action: "resume_lane", provider: name });
  return `${name} is open: what waits is started within seconds`;
}

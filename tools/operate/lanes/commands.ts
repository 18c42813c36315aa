import type postgres from "postgres";
import { sameStackCommand } from "../../command_line.ts";

/** Starts nothing more of a lane. Returns what that means. */
export async function pauseLane(sql: postgres.Sql, name: string): Promise<string> {
  await checkLane(sql, name);
  await sql`select private.pause_by_hand(${name})`;
  return `${name} is paused: what was started goes on, and what is submitted waits until its ` +
    `deadline.\nOpen it again: ${sameStackCommand("lanes")} resume ${name}`;
}

/** Opens a lane again, for all its users, whatever paused it. */
export async function resumeLane(sql: postgres.Sql, name: string): Promise<string> {
  await checkLane(sql, name);
  await sql`select private.end_pause(${name})`;
  return `${name} is open: what waits is started within seconds`;
}

async function checkLane(sql: postgres.Sql, name: string): Promise<void> {
  const lanes = await sql<{ provider: string }[]>`
    select provider from private.lanes order by provider
  `;
  const names = lanes.map(({ provider }) => provider);
  if (!names.includes(name)) throw new Error(`No lane ${name}. There are ${names.join(", ")}`);
}

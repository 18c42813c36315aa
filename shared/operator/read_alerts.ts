import type { Database } from "../database.ts";

/** What is wrong, and what to do about it. */
export interface Alert {
  readonly severity: string;
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly since: Date | null;
}

/** What is wrong now, the critical first. */
export async function readAlerts(sql: Database): Promise<readonly Alert[]> {
  return await sql<Alert[]>`select * from monitoring.alerts()`;
}

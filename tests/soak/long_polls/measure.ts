import { setTimeout } from "node:timers/promises";
import { withDatabase } from "../../support/stack.ts";

export interface Connections {
  /** At one moment. */
  readonly most: number;
  /** Of these, with a statement or in a transaction. */
  readonly mostBusy: number;
  /** Statements that look for all who wait, as they were seen to begin. */
  readonly looks: number;
}

/** Counts the connections of the function again and again, until it is told to end. */
export function watchConnections(): { readonly end: () => Promise<Connections> } {
  let isOver = false;
  const counts = withDatabase(async (sql) => {
    let [most, mostBusy] = [0, 0];
    const looks = new Set<string>();
    while (!isOver) {
      const rows = await sql<{ state: string; query: string; start: string }[]>`
        select state, query, query_start::text as start from pg_stat_activity
        where application_name = 'makeit3d-tasks-status'
      `;
      most = Math.max(most, rows.length);
      mostBusy = Math.max(mostBusy, rows.filter(({ state }) => state !== "idle").length);
      for (const { query, start } of rows) if (query.includes("changed_tasks")) looks.add(start);
      await setTimeout(20);
    }
    return { most, mostBusy, looks: looks.size };
  });
  return {
    end() {
      isOver = true;
      return counts;
    },
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

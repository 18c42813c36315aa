import { withDatabase } from "./stack.ts";

export interface LaneChanges {
  readonly max_in_flight?: number;
  readonly paused_until?: Date | null;
  readonly usd_per_day?: number | null;
}

/** Works with a lane changed, and puts it back as it was, whatever happens. */
export async function withLane<T>(
  provider: string,
  changes: LaneChanges,
  work: () => Promise<T>,
): Promise<T> {
  return await withDatabase(async (sql) => {
    const [before] = await sql<Required<LaneChanges>[]>`
      select max_in_flight, paused_until, usd_per_day::float8
      from private.lanes
      where provider = ${provider}
    `;
    if (!before) throw new Error(`No lane ${provider}`);
    const set = async (values: Required<LaneChanges>): Promise<void> => {
      await sql`update private.lanes set ${sql({ ...values })} where provider = ${provider}`;
    };
    await set({ ...before, ...changes });
    try {
      return await work();
    } finally {
      await set(before);
    }
  });
}

/** Opens a lane for all users, whatever has paused it or them. */
export async function openLane(provider: string): Promise<void> {
  await withDatabase((sql) => sql`select private.end_pause(${provider}::text)`);
}

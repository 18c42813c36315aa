import { withDatabase } from "./stack.ts";

/** Works while the settings of money are an operator's to change, and puts back those of development. */
export async function withOperatorSettings<T>(work: () => Promise<T>): Promise<T> {
  return await withDatabase(async (sql) => {
    const [plans, limits, pause] = await Promise.all([
      sql<{ row: string }[]>`select to_jsonb(plans)::text as row from private.plans`,
      sql<{ row: string }[]>`select to_jsonb(limits)::text as row from private.limits`,
      sql<
        { row: string }[]
      >`select to_jsonb(pause)::text as row from private.submit_pause as pause`,
    ]);
    const caps = await sql<{ provider: string; cap: string | null }[]>`
      select provider, usd_per_day as cap from private.lanes
    `;
    const keys = await sql<{ id: string; cap: string | null }[]>`
      select id, usd_per_day as cap from private.api_keys
    `;
    try {
      return await work();
    } finally {
      const tables = { plans, limits, submit_pause: pause };
      await sql.begin(async (transaction) => {
        for (const [table, rows] of Object.entries(tables)) {
          await transaction`delete from private.${transaction(table)}`;
          for (const { row } of rows) {
            await transaction`
              insert into private.${transaction(table)}
              select * from jsonb_populate_record(
                null::private.${transaction(table)}, ${row}::text::jsonb
              )
            `;
          }
        }
        for (const { provider, cap } of caps) {
          await transaction`
            update private.lanes set usd_per_day = ${cap}::numeric where provider = ${provider}
          `;
        }
        for (const { id, cap } of keys) {
          await transaction`
            update private.api_keys set usd_per_day = ${cap}::numeric where id = ${id}
          `;
        }
      });
    }
  });
}

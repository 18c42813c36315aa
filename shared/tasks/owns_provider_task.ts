import type { Database } from "../database.ts";

/** Whether one of the user's results was made by the provider under that name. */
export type OwnsProviderTask = (userId: string, providerTaskId: string) => Promise<boolean>;

/** Looks as the user: row level security shows each their own results. */
export function createOwnsProviderTask(sql: Database): OwnsProviderTask {
  return async (userId, providerTaskId) => {
    const [row] = await sql<{ owned: boolean }[]>`
      select private.owns_provider_task(${userId}::uuid, ${providerTaskId}::text) as owned
    `;
    return row?.owned ?? false;
  };
}

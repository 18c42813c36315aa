import { actAs, type Database } from "../database.ts";

/** Whether one of the user's results was made by the provider under that name. */
export type OwnsProviderTask = (userId: string, providerTaskId: string) => Promise<boolean>;

/** Looks as the user: row level security shows each their own results. */
export function createOwnsProviderTask(sql: Database): OwnsProviderTask {
  return async (userId, providerTaskId) => {
    const [, [row]] = await sql.begin("read only", (transaction) => [
      actAs(transaction, userId),
      transaction<{ owned: boolean }[]>`
        select exists (
          select from public.models
          where ai_service_task_id = ${providerTaskId} and status = 'complete'
        ) as owned
      `,
    ]);
    return row?.owned ?? false;
  };
}

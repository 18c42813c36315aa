import type { Database } from "../shared/database.ts";

/** Stands in for the database where a test is about what happens around one query. */
export function fakeSql(
  answer: (values: readonly unknown[]) => Promise<readonly unknown[]>,
): Database {
  const query = (_words: TemplateStringsArray, ...values: unknown[]) => answer(values);
  return query as unknown as Database;
}

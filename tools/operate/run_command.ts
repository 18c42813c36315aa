import { print, printError } from "../command_line.ts";
import { connectToOperate, type OperatedDatabase } from "./operated_database.ts";

/** What a command does with the database; returns what it prints. */
export type Work = (
  sql: OperatedDatabase["sql"],
  database: OperatedDatabase,
) => Promise<string>;

export interface RunOptions {
  /** Whether what it prints is for a program: nothing else is printed there. */
  readonly isForProgram?: boolean;
}

/**
 * Names the database that a command acts on, and does it: with the local stack of the port that a
 * person typed, or with the database that DATABASE_URL names.
 */
export async function runOnDatabase(
  port: string | undefined,
  work: Work,
  { isForProgram = false }: RunOptions = {},
): Promise<void> {
  const database = await connectToOperate(port);
  try {
    (isForProgram ? printError : print)(`Database: ${database.name}`);
    print(await work(database.sql, database));
  } finally {
    await database.sql.end();
  }
}

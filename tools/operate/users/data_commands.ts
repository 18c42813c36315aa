import type postgres from "postgres";
import { deleteUser } from "./delete_user.ts";
import { exportUser } from "./export_user.ts";
import { projectStorage } from "./project_storage.ts";

/** Options of the commands below, for `parseArgs`. */
export const DATA_OPTIONS = {
  to: { type: "string" },
  yes: { type: "boolean", default: false },
} as const;

export const DATA_USAGE = `\
  export USER                    a folder with rows, prompts and files
    --to FOLDER                  default: export-ID; it must not be there yet
  delete USER                    says what would be deleted
    --yes                        deletes it: tasks, files, rows, and the user in Auth`;

export interface DataValues {
  readonly to?: string | undefined;
  readonly yes: boolean;
  readonly port: string;
}

/** The command that a person typed; undefined if it is none of these. */
export function dataCommandOf(
  command: string | undefined,
  operands: readonly string[],
  { to, yes, port }: DataValues,
): ((sql: postgres.Sql) => Promise<string>) | undefined {
  const [user, ...others] = operands;
  if (!user || others.length > 0) return undefined;
  if (command === "delete" && to === undefined) return (sql) => deleteUser(sql, user, yes);
  if (command !== "export" || yes) return undefined;
  return async (sql) => await exportUser(sql, await projectStorage(Number(port)), user, to);
}

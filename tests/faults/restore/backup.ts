import { join } from "node:path";
import postgres from "postgres";
import { findService } from "../../../tools/local/stack/leftovers.ts";
import {
  acceptsConnections,
  adminUrl,
  dataFolderOf,
} from "../../../tools/local/stack/postgres_server.ts";
import { waitUntil } from "../../support/wait_until.ts";
import type { FaultStack } from "../fault_stack.ts";

/** What a server makes anew, and must not find. */
const NOT_COPIED = ["postmaster.pid", "postmaster.opts"];

/**
 * Copies a stack's database while it is written to, as a copy of the platform's disk is made: what is
 * in it is what was there at the end.
 *
 * https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 *
 * @returns The folder of the copy.
 */
export async function takeBackup({ folder, ports, secrets }: FaultStack): Promise<string> {
  const data = dataFolderOf(folder);
  const backup = join(folder, "backup");
  // Start and stop belong to one session.
  const url = adminUrl(ports.database, secrets.databasePassword);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_backup_start('restore', true)`;
    await copy(`${data}/.`, backup);
    const [end] = await sql<{ label: string }[]>`
      select labelfile as label from pg_backup_stop(false)
    `;
    if (!end) throw new Error("No label of the backup");
    for (const name of NOT_COPIED) await Deno.remove(join(backup, name)).catch(() => {});
    await Deno.writeTextFile(join(backup, "backup_label"), end.label);
    // What was written until the end.
    await copy(`${data}/pg_wal/.`, join(backup, "pg_wal"));
    const { uid, gid } = await Deno.stat(data);
    if (uid !== null) await Deno.chown(join(backup, "backup_label"), uid, gid);
  } finally {
    await sql.end();
  }
  return backup;
}

/** The database is lost, and a backup takes its place: once more, if there is another restore. */
export async function restoreBackup(stack: FaultStack, backup: string): Promise<void> {
  const data = dataFolderOf(stack.folder);
  await copy(`${backup}/.`, `${data}.next`);
  const pid = await findService(stack.folder, "bin/postgres");
  if (pid === undefined) throw new Error("Postgres is not running");
  // The running server stays in its folder, whatever that is called; the next one finds the other.
  await Deno.rename(data, `${data}.lost`);
  await Deno.rename(`${data}.next`, data);
  Deno.kill(pid, "SIGQUIT");
  const url = adminUrl(stack.ports.database, stack.secrets.databasePassword);
  await waitUntil("the restored database", async () => {
    const now = await findService(stack.folder, "bin/postgres");
    return now !== undefined && now !== pid && await acceptsConnections(url);
  });
  await Deno.remove(`${data}.lost`, { recursive: true });
}

/** With owners and rights. Files that go while it copies are no longer needed. */
async function copy(from: string, to: string): Promise<void> {
  const command = new Deno.Command("cp", { args: ["-a", from, to], stderr: "piped" });
  const { success, stderr } = await command.output();
  const complaints = new TextDecoder().decode(stderr).trim().split("\n")
    .filter((line) => !line.includes("No such file or directory"));
  if (!success && complaints.length > 0) throw new Error(complaints.join("\n"));
}

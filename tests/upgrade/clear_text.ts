import { join } from "node:path";
import { dataFolderOf } from "../../tools/local/stack/postgres_server.ts";
import type { FaultStack } from "../faults/fault_stack.ts";

/** A project that does not enforce SSL: the functions of the first version speak no TLS. */
export async function allowClearText({ folder, sql }: FaultStack): Promise<void> {
  const access = join(dataFolderOf(folder), "pg_hba.conf");
  await Deno.writeTextFile(access, "host all all all scram-sha-256\n");
  await sql`select pg_reload_conf()`;
}

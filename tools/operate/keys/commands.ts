import type postgres from "postgres";
import {
  canBeApiKey,
  generateApiKey,
  hashOfApiKey,
  isWellFormedApiKey,
  type KeyEnvironment,
  prefixOfApiKey,
} from "../../../shared/auth/api_key_format.ts";
import { sameStackCommand } from "../../command_line.ts";
import { type Cell, textTable } from "../../text_table.ts";
import type { NewKey } from "./new_key.ts";

/**
 * Creates a key; returns the text that shows it, the only one that ever will.
 *
 * @param usual What it is for where nobody has said so.
 */
export async function createKey(
  sql: postgres.Sql,
  key: NewKey,
  usual: KeyEnvironment,
): Promise<string> {
  const text = generateApiKey(key.environment ?? usual);
  await insertKey(sql, text, key);
  return `${text}\n\nShown this once: only its hash is kept. For ${key.client}, in X-API-Key.`;
}

/** Takes over a key that apps in the field have: theirs goes on to work. */
export async function importKey(sql: postgres.Sql, text: string, key: NewKey): Promise<string> {
  if (!canBeApiKey(text)) {
    throw new Error("KEY must have 16 to 200 characters, without blanks and accents");
  }
  await insertKey(sql, text, key);
  return `${prefixOfApiKey(text)} is the key of ${key.client} from now on, in X-API-Key. ` +
    "Only its hash is kept.";
}

async function insertKey(sql: postgres.Sql, text: string, key: NewKey): Promise<void> {
  const added = await sql`
    insert into private.api_keys (
      prefix, key_hash, client_name, allowed_operations, expires_at, submits_per_minute,
      usd_per_day, sees_costs
    )
    values (
      ${prefixOfApiKey(text)}, decode(${hashOfApiKey(text)}, 'hex'), ${key.client},
      ${key.operations && [...key.operations]}::text[], ${key.expiresAt}::timestamptz,
      ${key.submitsPerMinute}::integer, ${key.usdPerDay}::numeric, ${key.seesCosts}
    )
    on conflict (prefix) do nothing
  `;
  if (added.count === 0) {
    throw new Error(
      `${prefixOfApiKey(text)} is there already. See: ${sameStackCommand("keys")} list`,
    );
  }
}

/** Returns a table of all keys, newest last; no hash is read. */
export async function listKeys(sql: postgres.Sql): Promise<string> {
  const keys = await sql<Record<string, Cell>[]>`
    select
      prefix, client_name as client,
      coalesce(array_to_string(allowed_operations, ','), 'all') as operations,
      submits_per_minute as a_minute, usd_per_day as usd_a_day, sees_costs,
      created_at as created, last_used_at as last_used,
      expires_at as expires,
      case when not active then 'revoked' when expires_at <= now() then 'expired' else 'active' end
        as state
    from private.api_keys
    order by created_at, prefix
  `;
  if (keys.length === 0) {
    return `No keys. Make one: ${sameStackCommand("keys")} create --client NAME`;
  }
  return textTable(keys);
}

/** Revokes a key by its prefix, or by itself if somebody has found it whole. */
export async function revokeKey(sql: postgres.Sql, text: string): Promise<string> {
  const prefix = isWellFormedApiKey(text) ? prefixOfApiKey(text) : text;
  const [key] = await sql<{ client: string; wasActive: boolean }[]>`
    update private.api_keys as keys
    set active = false
    from private.api_keys as before
    where keys.prefix = ${prefix} and before.id = keys.id
    returning keys.client_name as client, before.active as "wasActive"
  `;
  if (!key) {
    throw new Error(`No key begins with ${prefix}. See them all: ${sameStackCommand("keys")} list`);
  }
  return key.wasActive
    ? `Revoked ${prefix} of ${key.client}: refused everywhere within 20 seconds`
    : `${prefix} of ${key.client} was revoked before`;
}

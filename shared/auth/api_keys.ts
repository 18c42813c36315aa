import type { Database } from "../database.ts";
import { canBeApiKey, hashOfApiKey, prefixOfApiKey } from "./api_key_format.ts";
import type { KeyProblem } from "./challenge.ts";
import { credentialKind } from "./credential_kind.ts";
import { isSameSecret } from "./secret.ts";

/** A revoked key works for this long at most. */
const CACHE_TTL_MILLISECONDS = 20_000;
/** Bounds the memory that invented keys can take. */
const CACHE_ENTRIES = 1_000;

export interface ApiKey {
  readonly id: string;
  readonly clientName: string;
  /** Operations the key may submit; null means all. */
  readonly allowedOperations: readonly string[] | null;
  /** Whether its app is told what tasks have cost. */
  readonly seesCosts: boolean;
}

interface ApiKeyRow extends ApiKey {
  /** SHA-256, in hex. */
  readonly keyHash: string;
  readonly expiresAt: Date | null;
  readonly active: boolean;
}

export interface ApiKeys {
  /** Finds the active API key that a client presents; for any other string what is wrong with it. */
  find(key: string): Promise<ApiKey | KeyProblem>;
}

export interface ApiKeysOptions {
  /** Is notified of each use of an active key; does not throw. */
  recordUse(id: string): void;
  readonly now?: () => number;
}

export function createApiKeys(
  sql: Database,
  { recordUse, now = Date.now }: ApiKeysOptions,
): ApiKeys {
  const cache = new Map<string, { readonly row: ApiKeyRow | undefined; readonly readAt: number }>();

  /** The row of a key; undefined for what is none. */
  async function lookUp(key: string): Promise<ApiKeyRow | undefined> {
    const cached = cache.get(key);
    // Taken before the query: the row is at least as new as this.
    const readAt = now();
    if (cached && readAt - cached.readAt < CACHE_TTL_MILLISECONDS) return cached.row;
    if (!canBeApiKey(key)) return undefined;
    const [found] = await sql<ApiKeyRow[]>`
      select
        id, encode(key_hash, 'hex') as "keyHash", client_name as "clientName",
        allowed_operations as "allowedOperations", expires_at as "expiresAt",
        sees_costs as "seesCosts", active
      from private.api_keys
      where prefix = ${prefixOfApiKey(key)}
    `;
    const row = found && isSameSecret(hashOfApiKey(key), found.keyHash) ? found : undefined;
    if (cache.size >= CACHE_ENTRIES) cache.clear();
    cache.set(key, { row, readAt });
    return row;
  }

  return {
    async find(key) {
      if (key === "") return "missing";
      const row = await lookUp(key);
      if (!row) return mistaken(key) ?? (canBeApiKey(key) ? "unknown" : "malformed");
      if (!row.active) return "revoked";
      const { id, clientName, allowedOperations, seesCosts, expiresAt } = row;
      if (expiresAt && expiresAt.getTime() <= now()) return "expired";
      recordUse(id);
      return { id, clientName, allowedOperations, seesCosts };
    },
  };
}

/** What a text is that is no key, if it belongs elsewhere. */
function mistaken(text: string): KeyProblem | undefined {
  const kind = credentialKind(text);
  return kind === "api_key" ? undefined : kind;
}

import type { Database } from "../database.ts";
import { hashOfApiKey, isWellFormedApiKey, prefixOfApiKey } from "./api_key_format.ts";
import { isSameSecret } from "./secret.ts";

/** How long a look-up is believed: so long does a revoked key still work. */
const CACHE_MILLISECONDS = 20_000;
/** Bounds the memory that made-up keys can take. */
const CACHE_ENTRIES = 1_000;

export interface ApiKey {
  readonly id: string;
  readonly clientName: string;
  /** Operations the key may submit; null means all. */
  readonly allowedOperations: readonly string[] | null;
}

interface ApiKeyRow extends ApiKey {
  /** SHA-256, in hex. */
  readonly keyHash: string;
  readonly expiresAt: Date | null;
}

/** Finds the active API key a client presents; undefined for any other string. */
export type FindApiKey = (key: string) => Promise<ApiKey | undefined>;

export interface FindApiKeyOptions {
  /** Told of each use of an active key; does not throw. */
  noteUse(id: string): void;
  readonly now?: () => number;
}

export function createFindApiKey(
  sql: Database,
  { noteUse, now = Date.now }: FindApiKeyOptions,
): FindApiKey {
  const cache = new Map<string, { readonly row: ApiKeyRow | undefined; readonly readAt: number }>();

  async function lookUp(prefix: string): Promise<ApiKeyRow | undefined> {
    const cached = cache.get(prefix);
    // Before the look-up: what is read is at least as old.
    const readAt = now();
    if (cached && readAt - cached.readAt < CACHE_MILLISECONDS) return cached.row;
    const [row] = await sql<ApiKeyRow[]>`
      select
        id, encode(key_hash, 'hex') as "keyHash", client_name as "clientName",
        allowed_operations as "allowedOperations", expires_at as "expiresAt"
      from private.api_keys
      where prefix = ${prefix} and active
    `;
    if (cache.size >= CACHE_ENTRIES) cache.clear();
    cache.set(prefix, { row, readAt });
    return row;
  }

  return async (key) => {
    if (!isWellFormedApiKey(key)) return undefined;
    const row = await lookUp(prefixOfApiKey(key));
    if (!row || !isSameSecret(hashOfApiKey(key), row.keyHash)) return undefined;
    const { id, clientName, allowedOperations, expiresAt } = row;
    if (expiresAt && expiresAt.getTime() <= now()) return undefined;
    noteUse(id);
    return { id, clientName, allowedOperations };
  };
}

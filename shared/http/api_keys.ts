import { createHash } from "node:crypto";
import type { Database } from "../database.ts";
import { isSameSecret } from "./secret.ts";

/** How long a look-up is believed: so long does a revoked key still work. */
const CACHE_MILLISECONDS = 20_000;
/** Bounds the memory that made-up keys can take. */
const CACHE_ENTRIES = 1_000;
const PREFIX_LENGTH = 16;

export interface ApiKey {
  readonly clientName: string;
  /** Operations the key may submit; null means all. */
  readonly allowedOperations: readonly string[] | null;
}

interface ApiKeyRow extends ApiKey {
  /** SHA-256, in hex. */
  readonly keyHash: string;
}

/** Finds the active API key a client presents; undefined for any other string. */
export type FindApiKey = (key: string) => Promise<ApiKey | undefined>;

export function createFindApiKey(sql: Database, now: () => number = Date.now): FindApiKey {
  const cache = new Map<string, { readonly row: ApiKeyRow | undefined; readonly readAt: number }>();

  async function lookUp(prefix: string): Promise<ApiKeyRow | undefined> {
    const cached = cache.get(prefix);
    if (cached && now() - cached.readAt < CACHE_MILLISECONDS) return cached.row;
    const [row] = await sql<ApiKeyRow[]>`
      select
        encode(key_hash, 'hex') as "keyHash", client_name as "clientName",
        allowed_operations as "allowedOperations"
      from private.api_keys
      where prefix = ${prefix} and active
    `;
    if (cache.size >= CACHE_ENTRIES) cache.clear();
    cache.set(prefix, { row, readAt: now() });
    return row;
  }

  return async (key) => {
    const row = await lookUp(key.slice(0, PREFIX_LENGTH));
    const hash = createHash("sha256").update(key).digest("hex");
    if (!row || !isSameSecret(hash, row.keyHash)) return undefined;
    const { clientName, allowedOperations } = row;
    return { clientName, allowedOperations };
  };
}

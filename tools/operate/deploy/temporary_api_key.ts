import {
  generateApiKey,
  hashOfApiKey,
  prefixOfApiKey,
} from "../../../shared/auth/api_key_format.ts";

/** Runs one statement on the project's database, and returns its rows. */
type Query = (sql: string) => Promise<readonly unknown[]>;

/** Works with an API key that is gone afterwards, and soon by itself if that fails. */
export async function withTemporaryApiKey<T>(
  query: Query,
  work: (apiKey: string) => Promise<T>,
): Promise<T> {
  const key = generateApiKey("live");
  const prefix = prefixOfApiKey(key);
  // Both are of letters, digits and `_` only.
  await query(`
    insert into private.api_keys (prefix, key_hash, client_name, expires_at)
    values (
      '${prefix}', decode('${hashOfApiKey(key)}', 'hex'), 'Check of a deploy',
      now() + interval '5 minutes'
    )
    returning prefix
  `);
  try {
    return await work(key);
  } finally {
    await query(`delete from private.api_keys where prefix = '${prefix}' returning prefix`);
  }
}

const TIMEOUT_MILLISECONDS = 10_000;

/** Storage cannot be reached or is in trouble; the same may succeed later. */
export class StorageAway extends Error {
  override readonly name = "StorageAway";
}

/** The answer of Storage, whatever it says of the request. Throws a StorageAway if it has none. */
export async function askStorage(url: string, options: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  const response = await fetch(url, { ...options, signal }).catch((cause) => {
    throw new StorageAway("Storage cannot be reached", { cause });
  });
  if (response.status < 500 && response.status !== 429) return response;
  throw new StorageAway(`Storage answers ${response.status}: ${await response.text()}`);
}

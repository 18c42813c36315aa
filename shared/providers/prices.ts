/** What a provider takes for one call, in USD, with all of its results. */
export interface Price {
  /** What it is the price of: the model or the endpoint, by the name that the ledger has. */
  readonly model: string;
  /** By the provider's price list. */
  readonly listUsd: number;
  /** What the call can come to, where the list leaves that open. Default: the list price. */
  readonly mostUsd?: number;
  /** Whether the list price has all that is usually billed. Default: where it leaves nothing open. */
  readonly isWhole?: boolean;
}

/**
 * Rounds an amount in USD up to whole millionths, which is what tables and JSON have. What the sum of
 * floats is off in its last digits does not count.
 */
export function roundUpUsd(usd: number): number {
  return Math.ceil(Number((usd * 1e6).toFixed(3))) / 1e6;
}

/**
 * Rounds an amount in USD up to whole millionths, which is what tables and JSON have. What the sum of
 * floats is off in its last digits does not count.
 */
export function roundUpUsd(usd: number): number {
  return Math.ceil(Number((usd * 1e6).toFixed(3))) / 1e6;
}

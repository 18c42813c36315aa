/** As many decimals as amounts have everywhere, in the database too. */
const DECIMALS = 6;

/** An amount without what floating point adds to it, in USD. */
export function roundUsd(usd: number): number {
  return Number(usd.toFixed(DECIMALS));
}

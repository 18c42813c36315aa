/** An amount of money as it is small: cents below a dollar. A number is never parted from its unit. */
export function money(usd: number): string {
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  const cents = usd * 100;
  const digits = cents >= 10 || Number.isInteger(cents) ? 0 : cents >= 1 ? 1 : 2;
  return `${cents.toFixed(digits)}\u00a0¢`;
}

/** A time to wait, as roughly as it is known. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)}\u00a0s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)}\u00a0min`;
  return `${Math.round(seconds / 3_600)}\u00a0h`;
}

/** How many characters a text has, as the API counts: what people see as one may be several. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

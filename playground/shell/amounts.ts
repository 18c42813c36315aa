/**
 * Numbers, amounts and times as people read them.
 *
 * @module
 */
const COUNT = new Intl.NumberFormat("en");
const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const DAY_AND_TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** `12,345` */
export function countText(count: number): string {
  return COUNT.format(count);
}

/** `1 triangle`, `12 triangles`; the plural of each noun is regular. */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** An amount of money as it is small: cents below a dollar. A number is never parted from its unit. */
export function money(usd: number): string {
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  const cents = usd * 100;
  const digits = cents >= 10 || Number.isInteger(cents) ? 0 : cents >= 1 ? 1 : 2;
  return `${cents.toFixed(digits)}\u00a0¢`;
}

/** `under 0.1 s`, `0.6 s`, `42 s`, `2 min 5 s`, `1 h 5 min` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(milliseconds, 0) / 1000;
  if (seconds < 0.05) return "under 0.1 s";
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return withRest(`${minutes} min`, whole % 60, "s");
  return withRest(`${Math.floor(minutes / 60)} h`, minutes % 60, "min");
}

/** The same for what is not known so exactly: `about 40 s` says no tenths. */
export function roughDuration(seconds: number): string {
  return duration(Math.max(Math.round(seconds), 1) * 1000).replace(".0", "");
}

/** `847 bytes`, `26.9 kB`, `6.2 MB`, `3.1 GB`: in powers of 1000. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, "byte");
  const [amount, unit] = bytes < 999_950
    ? [bytes / 1e3, "kB"]
    : bytes < 999_950_000
    ? [bytes / 1e6, "MB"]
    : [bytes / 1e9, "GB"];
  return `${amount < 99.95 ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}

/** When something was: `14:03:21`. */
export function timeOfDay(iso: string): string {
  return TIME.format(new Date(iso));
}

/** `29 Nov 2026, 14:03` */
export function dayAndTime(iso: string): string {
  return DAY_AND_TIME.format(new Date(iso));
}

/** `just now`, `5 min ago`, `3 h ago`, and the day of what is older. */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return dayAndTime(iso);
}

function withRest(whole: string, rest: number, unit: string): string {
  return rest === 0 ? whole : `${whole} ${rest} ${unit}`;
}

/** Numbers and times as people read them. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of a duration in seconds: `0.8 s`, `12 s`, `3 min`, `5 h`, `2 d`. */
export function durationWords(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < 2 * HOUR) return `${Math.round(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.round(seconds / HOUR)} h`;
  return `${Math.round(seconds / DAY)} d`;
}

/** How long ago a time was: `for 12 s`. A clock that is behind says nothing below zero. */
export function sinceWords(time: string, now: number = Date.now()): string {
  return `for ${durationWords((now - Date.parse(time)) / 1000)}`;
}

/** The time of day, in the reader's own way. */
export function clockWords(time: string): string {
  return new Date(time).toLocaleTimeString();
}

/** A sum in USD: cents where there are some, more digits where it is less than a cent. */
export function usdWords(usd: number): string {
  const digits = usd !== 0 && Math.abs(usd) < 0.01 ? 4 : 2;
  return `$${usd.toFixed(digits)}`;
}

/** Bytes: `340 KB`, `12.4 MB`, `3.1 GB`, by thousands as files are sold. */
export function bytesWords(bytes: number): string {
  const [unit, size] =
    [["GB", 1e9], ["MB", 1e6], ["KB", 1e3]].find(([, least]) => bytes >= Number(least)) ??
      ["bytes", 1];
  const value = bytes / Number(size);
  return `${value < 10 && unit !== "bytes" ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/**
 * Reads a date in the future as a person types it. A day begins at midnight UTC; another time can be
 * given as in 2027-01-01T12:00:00Z. Throws an error that names the option and says what is possible.
 */
export function readFutureDate(option: string, text: string, now: Date): Date {
  const isDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const date = new Date(text);
  // A 30th of February would become a day of March.
  const isReal = text.length > 10 || date.getTime() && date.toISOString().startsWith(text);
  if (!isDate || !isReal || Number.isNaN(date.getTime())) {
    throw new Error(`${option} must be a date such as 2027-01-01: ${text}`);
  }
  if (date <= now) throw new Error(`${option} must be in the future: ${text}`);
  return date;
}

/**
 * Seconds that a response asks to wait before the next try: `retry-after-ms` (some services, more
 * exact) or `retry-after`, in seconds or as a date. Undefined if it does not say, or says nonsense.
 */
export function retryAfterSeconds(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = numberIn(headers?.get("retry-after-ms"));
  if (milliseconds !== undefined) return milliseconds / 1000;
  const value = headers?.get("retry-after");
  const date = Date.parse(value ?? "");
  return numberIn(value) ?? (date >= now ? (date - now) / 1000 : undefined);
}

function numberIn(text: string | null | undefined): number | undefined {
  return text && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A time as Postgres writes it, all of a text in JSON: `"2026-11-29 09:15:36.045866+00"`. */
const WRITTEN = /"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)([+-]\d\d)(?::?(\d\d))?"/g;

/**
 * Writes times as the platform's services do, by ISO 8601: clients in Swift and Kotlin read no others. A
 * text of an app's that looks exactly like one is changed, too.
 */
export async function withIsoTimestamps(response: Response): Promise<Response> {
  const isJson = response.headers.get("content-type")?.includes("json");
  if (!response.body || !isJson) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const { status, statusText } = response;
  return new Response(inIsoForm(await response.text()), { status, statusText, headers });
}

export function inIsoForm(json: string): string {
  return json.replaceAll(
    WRITTEN,
    (_, date: string, time: string, hours: string, minutes: string = "00") =>
      `"${date}T${time}${hours}:${minutes}"`,
  );
}

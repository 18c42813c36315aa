/** What is needed to ask for the rest of a file that broke off. */
export interface ResumableFile {
  /** A strong validator: the rest is of the same bytes (RFC 9110, 13.1.5). */
  readonly validator: string;
  /** Of the whole file, in bytes. */
  readonly size: number;
}

/** A date is a strong validator only if the file had not changed for a minute (RFC 9110, 8.8.2.2). */
const STRONG_DATE_MILLISECONDS = 60_000;

/** Undefined if the rest of the file could not be told from that of another one. */
export function resumableFile(headers: Headers): ResumableFile | undefined {
  const size = sizeOf(headers);
  const validator = validatorOf(headers);
  if (size === undefined || validator === undefined) return undefined;
  return headers.get("accept-ranges") === "none" ? undefined : { validator, size };
}

/** In bytes, if it is told. What is compressed on the way has another length at its end. */
export function sizeOf(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding") ? undefined : Number(length);
}

/** The headers that ask for what lies behind so many bytes. */
export function rangeHeaders(file: ResumableFile, offset: number): Record<string, string> {
  // A range is one of what is sent, so it is to be sent as it is.
  return {
    range: `bytes=${offset}-`,
    "if-range": file.validator,
    "accept-encoding": "identity",
  };
}

/** Whether a response is the rest of the file, all of it. */
export function isRestOf(file: ResumableFile, offset: number, response: Response): boolean {
  return response.status === 206 && !response.headers.has("content-encoding") &&
    response.headers.get("content-range") === `bytes ${offset}-${file.size - 1}/${file.size}`;
}

function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get("etag");
  if (tag !== null) return tag.startsWith('"') ? tag : undefined;
  const modified = headers.get("last-modified");
  if (modified === null) return undefined;
  const age = Date.parse(headers.get("date") ?? "") - Date.parse(modified);
  return age >= STRONG_DATE_MILLISECONDS ? modified : undefined;
}

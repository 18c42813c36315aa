/** The names that the platform's Storage takes for files: `isValidKey` of its `src/storage/limits.ts`. */
const VALID = /^[\w/!\-.*'() &$@=;:+,?]+$/;

/** Whether the platform stores a file under this name. */
export function isValidKey(key: string): boolean {
  return VALID.test(key);
}

/** In the words of the platform. */
export function invalidKey(key: string): Response {
  return storageError(400, "InvalidKey", `Invalid key: ${key}`);
}

/** Storage's own form: the status is in the body, and that of HTTP is always 400. */
export function storageError(statusCode: number, error: string, message: string): Response {
  return Response.json({ statusCode: String(statusCode), error, message }, { status: 400 });
}

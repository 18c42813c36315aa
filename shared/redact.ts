/** Stands where something secret stood. */
export const REDACTED = "[secret]";

/** A text without what must be in no log and no row. */
export type Redact = (text: string) => string;

/** What is secret by its shape, whoever it belongs to. */
export const SECRET_SHAPES: Readonly<Record<string, RegExp>> = {
  "credentials of a header": /(?<=\bBearer\s+)[\w.~+/=-]{8,}|(?<=\bBasic\s+)[\w+/=]{16,}/gi,
  "a key of an AI service": /\b(?:sk-|tsk_)[\w-]{8,}/g,
  "an API key of ours": /\bm3d_[\w-]{8,}/g,
  "a secret key of the project": /\bsb_secret_[\w-]{8,}/g,
  "a token": /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
  "a signature in an address":
    /(?<=[?&](?:token|sig|signature|apikey|api_key|access_token|X-Amz-\w+|Key-Pair-Id|Policy)=)[^&\s"'<>)]+/gi,
  "the password of an address": /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+(?:-----END [A-Z ]+-----)?/g,
};

/** Shorter ones are words that a text may have by itself. */
const MIN_LENGTH = 8;

/** Takes out everything that has the shape of a secret. */
export function redactShapes(text: string): string {
  return Object.values(SECRET_SHAPES).reduce(
    (words, pattern) => words.replace(pattern, REDACTED),
    text,
  );
}

/**
 * Takes out the given secrets, too, whatever they look like and however an address or JSON writes
 * them.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const written = secrets
    .filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  // The longest first, for one may be a part of another.
  const values = [...new Set(written)].sort((left, right) => right.length - left.length);
  return (text) =>
    redactShapes(values.reduce((words, value) => words.replaceAll(value, REDACTED), text));
}

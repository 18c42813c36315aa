/** Stands where something secret stood. */
export const REDACTED = "[secret]";

/** Enough to tell what went wrong. */
export const MAX_WORDS = 500;

/**
 * A text without what must be in no log and no row, and no longer than `maxLength`, by default
 * `MAX_WORDS`: others may say megabytes. It is cut here and nowhere before, because half a secret
 * would not be known as one.
 */
export type Redact = (text: string, maxLength?: number) => string;

/**
 * What is secret by its shape, whoever it belongs to. Strangers write what is searched, so no shape
 * may look twice at the same stretch of a text: what begins must match, or end soon.
 */
export const SECRET_SHAPES: Readonly<Record<string, RegExp>> = {
  "credentials of a header": /(?<=\bBearer\s{1,4})[\w.~+/=-]{8,}|(?<=\bBasic\s{1,4})[\w+/=]{16,}/gi,
  "a key of an AI service": /\b(?:sk-|tsk_)[\w-]{8,}/g,
  "an API key of ours": /\bm3d_[\w-]{8,}/g,
  "a secret key of the project": /\bsb_secret_[\w-]{8,}/g,
  "a token": /\beyJ[\w-]{8,}(?:\.[\w-]+(?:\.[\w-]*)?)?/g,
  "a signature in a URL":
    /(?<=[?&](?:token|sig|signature|apikey|api_key|access_token|X-Amz-\w+|Key-Pair-Id|Policy)=)[^&\s"'<>)]+/gi,
  "the password of a URL": /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+(?:-----END [A-Z ]+-----)?/g,
};

/** Shorter ones are words that a text may have by itself. */
const MIN_LENGTH = 8;

/** More than this is not searched, which takes time, but left out. */
const MAX_SEARCHED = 10_000;

/** No secret is longer: one that the limit of the search has cut ends in the last of what is left. */
const MAX_SECRET = 2_000;

/**
 * Takes out everything that has the shape of a secret, and the given secrets, too, whatever they look
 * like and however a URL or JSON writes them.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const written = secrets
    .filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  // The longest first, for one may be a part of another.
  const values = [...new Set(written)].sort((left, right) => right.length - left.length);
  const patterns = [...values, ...Object.values(SECRET_SHAPES)];
  return (text, maxLength = MAX_WORDS) => {
    const words = patterns.reduce<string>(
      (rest, pattern) => rest.replaceAll(pattern, REDACTED),
      text.slice(0, MAX_SEARCHED),
    );
    const sound = text.length > MAX_SEARCHED ? Math.max(0, words.length - MAX_SECRET) : Infinity;
    return words.slice(0, Math.min(maxLength, sound));
  };
}

/** Takes out what has the shape of a secret. */
export const redactShapes: Redact = createRedact([]);

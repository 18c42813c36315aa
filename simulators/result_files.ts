/**
 * The addresses under which a provider leaves its results for a while.
 *
 * @module
 */

/** A file that is made when somebody fetches it. */
export interface ResultFile {
  readonly mediaType: string;
  /** In bytes, when it is known without making the file. */
  readonly size?: number;
  readonly body: () => Promise<BodyInit> | BodyInit;
}

interface Link {
  readonly file: ResultFile;
  readonly expiresAt: number;
}

/** The links of one provider. They cannot be guessed and die after a time. */
export class ResultFiles {
  readonly #links = new Map<string, Link>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** A new link to a file, by its token. */
  add(file: ResultFile, lifeMs: number): string {
    const token = crypto.randomUUID();
    this.#links.set(token, { file, expiresAt: this.#now().getTime() + lifeMs });
    return token;
  }

  /** What stands behind a token; undefined if nothing ever did. */
  find(token: string): ResultFile | "expired" | undefined {
    const link = this.#links.get(token);
    if (link === undefined) return undefined;
    return link.expiresAt > this.#now().getTime() ? link.file : "expired";
  }
}

/** Serves a file with its size, if that is known. */
export async function serveFile({ mediaType, size, body }: ResultFile): Promise<Response> {
  const headers = new Headers({
    "content-type": mediaType,
    // Older versions of Deno compress models otherwise, and no size is told.
    "cache-control": "no-transform",
  });
  if (size !== undefined) headers.set("content-length", String(size));
  return new Response(await body(), { headers });
}

/**
 * The files behind `file_token`s.
 *
 * @module
 */
import type { StoredFile } from "./stored_file.ts";

interface Place {
  readonly owner: string;
  readonly createdAt: number;
  /** Absent: reserved, and nothing has arrived yet. */
  readonly file?: StoredFile;
}

/** How long a token is good for; V2 documents it, V3 says nothing. */
const TOKEN_LIFE_MS = 24 * 60 * 60_000;
/** How long a reserved place waits for its file, in seconds. */
export const RESERVATION_SECONDS = 1_800;

/** The files of one app. A token is good for its owner only. */
export class FileStore {
  readonly #places = new Map<string, Place>();
  /** Tokens by the signature with which their file may be sent. */
  readonly #signatures = new Map<string, string>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Keeps a file. */
  add(owner: string, file: StoredFile): string {
    return this.#create({ owner, file, createdAt: this.#now().getTime() });
  }

  /** Makes room for a file that is sent with a signature. */
  reserve(owner: string): { readonly token: string; readonly signature: string } {
    const token = this.#create({ owner, createdAt: this.#now().getTime() });
    const signature = crypto.randomUUID();
    this.#signatures.set(signature, token);
    return { token, signature };
  }

  /** Whether a file may still be sent with this signature. */
  expects(signature: string): boolean {
    const place = this.#places.get(this.#signatures.get(signature) ?? "");
    return place !== undefined && this.#ageMs(place) < RESERVATION_SECONDS * 1_000;
  }

  fill(signature: string, file: StoredFile): void {
    const token = this.#signatures.get(signature);
    const place = token === undefined ? undefined : this.#places.get(token);
    if (token !== undefined && place !== undefined) this.#places.set(token, { ...place, file });
  }

  /** The file behind a token, if there is one, and it is the owner's. */
  find(owner: string, token: string): StoredFile | undefined {
    const place = this.#places.get(token);
    if (place?.owner !== owner || this.#ageMs(place) >= TOKEN_LIFE_MS) return undefined;
    return place.file;
  }

  #create(place: Place): string {
    const token = `file_${crypto.randomUUID()}`;
    this.#places.set(token, place);
    return token;
  }

  #ageMs({ createdAt }: Place): number {
    return this.#now().getTime() - createdAt;
  }
}

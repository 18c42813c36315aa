import { userOf } from "./access.ts";
import type { Api } from "./api.ts";
import type { Clock } from "./clock.ts";
import { addressOf, bytesOf, type FileBytes, type FileInput, type ReadFile } from "./files.ts";
import type { Prepare, Purpose, UploadOptions } from "./options.ts";
import { type OnProblem, together } from "./problems.ts";
import { randomId } from "./random_id.ts";
import { repeat } from "./repeat.ts";
import { UploadProgress } from "./upload_progress.ts";

/** A file, and what it is for where that is known. */
export interface UploadFile {
  readonly file: FileInput;
  readonly purpose?: Purpose;
}

/** A file in the user's folder of Storage. */
export interface UploadedFile {
  readonly url: string;
}

interface Reading {
  readonly readFile: ReadFile;
  readonly prepare: Prepare | undefined;
}

interface Sending {
  readonly signal: AbortSignal | undefined;
  readonly onSent: ((bytes: number) => void) | undefined;
  readonly onProblem: OnProblem | undefined;
}

/** Puts files into the user's folder of Storage. */
export class Uploads {
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #reading: Reading;

  constructor(api: Api, clock: Clock, reading: Reading) {
    this.#api = api;
    this.#clock = clock;
    this.#reading = reading;
  }

  /** Uploads what is not in Storage yet. Returns all addresses, in order. */
  async put(
    files: readonly UploadFile[],
    { signal, onUpload, onProblem }: UploadOptions,
  ): Promise<readonly string[]> {
    // All are read before the first is sent: how much it is in all is known from the start.
    const read = await Promise.all(files.map((file) => this.#read(file)));
    const sizes = read.map((one) => typeof one === "string" ? 0 : one.bytes.byteLength);
    const progress = onUpload && new UploadProgress(sizes, onUpload);
    const listener = onProblem && together(onProblem);
    const work = read.map(async (one, place) => {
      if (typeof one === "string") return one;
      const onSent = progress && ((bytes: number) => progress.note(place, bytes));
      return await this.#send(one, { signal, onSent, onProblem: listener?.() });
    });
    try {
      return await Promise.all(work);
    } finally {
      progress?.end();
    }
  }

  /** The bytes of a file, or its address where it has one. */
  async #read({ file, purpose }: UploadFile): Promise<FileBytes | string> {
    const { prepare, readFile } = this.#reading;
    const known = addressOf(file);
    if (known !== undefined) return known;
    const prepared = prepare && purpose ? await prepare(file, purpose) : file;
    return addressOf(prepared) ?? await bytesOf(prepared, readFile);
  }

  async #send(
    file: FileBytes,
    { signal, onSent, onProblem }: Sending,
  ): Promise<string> {
    const path = `inputs/${userOf(await this.#api.token())}/${randomId()}`;
    const attempt = async (): Promise<void> => {
      onSent?.(0);
      await this.#api.put(path, file, { signal, onSent });
      onSent?.(file.bytes.byteLength);
    };
    await repeat(attempt, this.#clock, { signal, onProblem });
    return `${this.#api.projectUrl}/storage/v1/object/authenticated/${path}`;
  }
}

/** Called with how many bytes of how many have left the device. */
export type OnUpload = (sent: number, total: number) => void;

/** Adds up what is sent of several files, and tells it whenever the sum is another. */
export class UploadProgress {
  readonly #sent: number[];
  readonly #total: number;
  readonly #onUpload: OnUpload;
  #hasEnded = false;

  /** @param sizes Bytes of each file; 0 for one that is there already. */
  constructor(sizes: readonly number[], onUpload: OnUpload) {
    this.#sent = sizes.map(() => 0);
    this.#total = sum(sizes);
    this.#onUpload = onUpload;
    if (this.#total > 0) onUpload(0, this.#total);
  }

  /** So many bytes of the file at this place are sent. */
  note(place: number, bytes: number): void {
    if (this.#hasEnded || this.#sent[place] === bytes) return;
    this.#sent[place] = bytes;
    this.#onUpload(sum(this.#sent), this.#total);
  }

  /** Tells nothing more: when one file has failed, others may still be on their way. */
  end(): void {
    this.#hasEnded = true;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}

import type { ByteSource } from "./byte_source.ts";
import { HEAD_BYTES, TAIL_BYTES } from "./file_view.ts";

/**
 * A file that went by in parts, of which no more was kept than a look at a file begins with: its head
 * and its tail. What lies between reads as gone.
 */
export class PassedFile implements ByteSource {
  readonly #head = new Uint8Array(HEAD_BYTES);
  #tail = new Uint8Array();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The next part; what is kept of it is a copy. */
  add(part: Uint8Array): void {
    if (this.#size < HEAD_BYTES) {
      this.#head.set(part.subarray(0, HEAD_BYTES - this.#size), this.#size);
    }
    const last = part.subarray(Math.max(0, part.length - TAIL_BYTES));
    const kept = this.#tail.subarray(Math.max(0, this.#tail.length + last.length - TAIL_BYTES));
    const tail = new Uint8Array(kept.length + last.length);
    tail.set(kept);
    tail.set(last, kept.length);
    this.#tail = tail;
    this.#size += part.length;
  }

  read(start: number, end: number): Promise<Uint8Array> {
    const tailStart = this.#size - this.#tail.length;
    if (end <= HEAD_BYTES) return Promise.resolve(this.#head.subarray(start, end));
    if (start >= tailStart) {
      return Promise.resolve(this.#tail.subarray(start - tailStart, end - tailStart));
    }
    const isWhole = tailStart <= HEAD_BYTES;
    if (!isWhole) return Promise.resolve(this.#head.subarray(start, HEAD_BYTES));
    const bytes = new Uint8Array(end - start);
    bytes.set(this.#head.subarray(start, Math.min(end, HEAD_BYTES)));
    bytes.set(this.#tail.subarray(HEAD_BYTES - tailStart, end - tailStart), HEAD_BYTES - start);
    return Promise.resolve(bytes);
  }
}

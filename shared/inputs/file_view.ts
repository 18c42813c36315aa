import type { ByteSource } from "./byte_source.ts";

/** More reads than that are not made of one file. */
const MAX_READS = 8;

/** Enough for most photos: what cameras put before the picture, a preview among it. */
export const HEAD_BYTES = 128 * 1024;
/** Enough for what programs write behind a picture, and for its end. */
export const TAIL_BYTES = 32 * 1024;
/** Of each read beyond: with all of them, three megabytes of metadata are walked over. */
const NEXT_BYTES = 512 * 1024;
/** What is asked for at once, like the description of a model, may be longer. */
const MAX_ASKED_BYTES = 2 * 1024 * 1024;

/** What was asked for lies too deep in the file, or is too long. */
export class OutOfReach extends Error {
  override readonly name = "OutOfReach";
}

/** Fewer bytes came than the file had. */
export class Changed extends Error {
  override readonly name = "Changed";
}

interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** A look at a file through a few reads: its head and its tail at once, and others where needed. */
export class FileView {
  readonly #source: ByteSource;
  readonly #head: Window;
  readonly #tail: Window;
  /** The last of the other reads. */
  #other: Window | undefined;
  #reads: number;

  private constructor(source: ByteSource, head: Window, tail: Window) {
    this.#source = source;
    this.#head = head;
    this.#tail = tail;
    this.#reads = head === tail ? 1 : 2;
  }

  static async open(source: ByteSource): Promise<FileView> {
    const { size } = source;
    if (size <= HEAD_BYTES + TAIL_BYTES) {
      const whole = await readWindow(source, 0, size);
      return new FileView(source, whole, whole);
    }
    const [head, tail] = await Promise.all([
      readWindow(source, 0, HEAD_BYTES),
      readWindow(source, size - TAIL_BYTES, size),
    ]);
    return new FileView(source, head, tail);
  }

  /** Length of the file in bytes. */
  get size(): number {
    return this.#source.size;
  }

  /**
   * The bytes from a place on, as a part of what was read; fewer where the file ends. Throws an
   * OutOfReach if that would take too many reads.
   */
  async at(start: number, length: number): Promise<Uint8Array> {
    const end = Math.min(start + length, this.size);
    if (start >= end) return new Uint8Array();
    const known = [this.#head, this.#other, this.#tail].find((window) =>
      window && holds(window, start, end)
    );
    return partOf(known ?? await this.#readOn(start, end), start, end);
  }

  /** The last bytes of the file, from a place on, as far as they are there without a read. */
  tail(from: number): Uint8Array {
    return partOf(this.#tail, Math.max(from, this.#tail.start), this.size);
  }

  async #readOn(start: number, end: number): Promise<Window> {
    if (this.#reads >= MAX_READS || end - start > MAX_ASKED_BYTES) {
      throw new OutOfReach(`Bytes ${start} to ${end} of ${this.size}`);
    }
    this.#reads++;
    this.#other = await readWindow(this.#source, start, Math.max(end, start + NEXT_BYTES));
    return this.#other;
  }
}

async function readWindow(source: ByteSource, start: number, last: number): Promise<Window> {
  const end = Math.min(last, source.size);
  const bytes = await source.read(start, end);
  if (bytes.length < end - start) throw new Changed(`${bytes.length} bytes from ${start} on`);
  return { start, bytes };
}

function holds({ start: from, bytes }: Window, start: number, end: number): boolean {
  return from <= start && end <= from + bytes.length;
}

function partOf({ start: from, bytes }: Window, start: number, end: number): Uint8Array {
  return bytes.subarray(Math.max(0, start - from), Math.max(0, end - from));
}

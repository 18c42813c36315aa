import type { Bytes } from "../../bytes.ts";

/** A file ended where more of it must come. */
export class EndedEarly extends Error {
  override readonly name = "EndedEarly";
}

/** A file on its way: what was looked at is passed on or passed over, and nothing is copied. */
export class FileStream {
  readonly #source: AsyncIterator<Bytes>;
  #rest: Bytes = new Uint8Array();

  constructor(source: AsyncIterable<Bytes>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, which stay; fewer if the file ends before. */
  async peek(length: number): Promise<Bytes> {
    const pieces = [this.#rest];
    let known = this.#rest.length;
    while (known < length) {
      const { value, done } = await this.#source.next();
      if (done) break;
      pieces.push(value);
      known += value.length;
    }
    if (pieces.length > 1) this.#rest = join(pieces, known);
    return this.#rest.subarray(0, length);
  }

  /** As many of the next bytes as are there, which stay: at least two, unless the file ends. */
  async peekPiece(): Promise<Bytes> {
    await this.peek(2);
    return this.#rest;
  }

  /** The next bytes, in pieces. Throws an EndedEarly if there are fewer. */
  async *take(length: number): AsyncGenerator<Bytes> {
    for (let left = length; left > 0;) {
      const piece = (await this.#some()).subarray(0, left);
      left -= piece.length;
      this.#rest = this.#rest.subarray(piece.length);
      yield piece;
    }
  }

  /** Passes over the next bytes. Throws an EndedEarly if there are fewer. */
  async skip(length: number): Promise<void> {
    for (let left = length; left > 0;) {
      const passed = Math.min((await this.#some()).length, left);
      left -= passed;
      this.#rest = this.#rest.subarray(passed);
    }
  }

  /** All that is left, in pieces. */
  async *takeRest(): AsyncGenerator<Bytes> {
    for (let piece = await this.peekPiece(); piece.length > 0; piece = await this.peekPiece()) {
      this.#rest = new Uint8Array();
      yield piece;
    }
  }

  /** Passes over all that is left. */
  async skipRest(): Promise<void> {
    this.#rest = new Uint8Array();
    while (!(await this.#source.next()).done);
  }

  async #some(): Promise<Bytes> {
    const piece = await this.peek(1);
    if (piece.length === 0) throw new EndedEarly("The file ends within a part of it");
    return this.#rest;
  }
}

function join(pieces: readonly Bytes[], length: number): Bytes {
  const joined = new Uint8Array(length);
  let place = 0;
  for (const piece of pieces) {
    joined.set(piece, place);
    place += piece.length;
  }
  return joined;
}

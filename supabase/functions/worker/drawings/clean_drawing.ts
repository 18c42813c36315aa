import { markedEncoding } from "../../../../shared/storage/drawing_start.ts";
import { SvgCleaner, UncleanDrawing } from "./svg_cleaner.ts";

/**
 * Longer ones are not cleaned: so many bytes take about half a second of the two of processor time
 * that the platform gives a request, and drawings of providers have some hundred thousand.
 */
export const MAX_DRAWING_BYTES = 5_000_000;

/** Where an XML declaration must have ended, which names the encoding. */
const DECLARATION_BYTES = 200;

/**
 * A drawing without anything that could run or fetch, as it comes: of a long one no more is in memory
 * than a part. Breaks off if it is too long, or cannot be read.
 *
 * @param body Its first part must have the declaration, if there is one.
 * @param onUnclean Told why it broke off, for whoever reads the body learns only that it did.
 */
export function cleanDrawing(
  body: ReadableStream<Uint8Array>,
  onUnclean: (reason: unknown) => void,
): ReadableStream<Uint8Array> {
  const cleaner = new Utf8Cleaner();
  function told<T>(work: () => T): T {
    try {
      return work();
    } catch (reason) {
      onUnclean(reason);
      throw reason;
    }
  }
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (part, controller) => controller.enqueue(told(() => cleaner.write(part))),
      flush: (controller) => controller.enqueue(told(() => cleaner.end())),
    }),
  );
}

/** From bytes to bytes. */
class Utf8Cleaner {
  readonly #cleaner = new SvgCleaner();
  readonly #encoder = new TextEncoder();
  #decoder: TextDecoder | undefined;
  #length = 0;

  write(part: Uint8Array): Uint8Array {
    this.#length += part.length;
    if (this.#length > MAX_DRAWING_BYTES) {
      throw new UncleanDrawing(`More than ${MAX_DRAWING_BYTES} bytes`);
    }
    const isStart = this.#decoder === undefined;
    this.#decoder ??= decoderFor(part);
    const text = decode(this.#decoder, part);
    return this.#encoder.encode(this.#cleaner.write(isStart ? text.trimStart() : text));
  }

  end(): Uint8Array {
    const rest = this.#decoder ? decode(this.#decoder) : "";
    return this.#encoder.encode(this.#cleaner.write(rest) + this.#cleaner.end());
  }
}

/** As browsers choose it: by a mark of the byte order, else by what the declaration says. */
function decoderFor(start: Uint8Array): TextDecoder {
  const beginning = new TextDecoder("latin1").decode(start.subarray(0, DECLARATION_BYTES));
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(beginning)?.[1];
  const label = markedEncoding(start) ?? declared ?? "utf-8";
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (cause) {
    throw new UncleanDrawing(`Unknown encoding ${label}`, { cause });
  }
}

/** @param part Undefined at the end. */
function decode(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return decoder.decode(part, { stream: part !== undefined });
  } catch (cause) {
    throw new UncleanDrawing("Not in the encoding that it names", { cause });
  }
}

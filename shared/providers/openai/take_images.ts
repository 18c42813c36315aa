import { Buffer } from "node:buffer";
import type { Bytes } from "../../bytes.ts";
import { answerBytes } from "../transport/read_bytes.ts";

/** An image of an answer, in the pieces in which it came. */
export type ImagePieces = readonly Bytes[];

/** Where the text of an image begins. Within another text its quotes would be escaped. */
const BEGINNING = /"b64_json"\s*:\s*"/;

/** No less than what is to be found in one piece; an answer comes in chunks that end anywhere. */
const LONGEST_BEGINNING = 64;

/** How long the images of an answer are together, in bytes, if it is told: base64 is a third longer. */
export function imageBytes(headers: Headers): number | undefined {
  const bytes = answerBytes(headers);
  return bytes === undefined ? undefined : Math.ceil(bytes * 3 / 4);
}

/**
 * A good answer without its images, which go into the list as they arrive.
 *
 * @param reserve Awaited before any of it is read.
 */
export function receiveImages(
  response: Response,
  images: ImagePieces[],
  reserve: () => Promise<void>,
): Response {
  const { ok, body, headers, status } = response;
  if (!ok || !body) return response;
  async function* receive(source: ReadableStream<Uint8Array>): AsyncGenerator<Bytes> {
    await reserve();
    yield* takeImages(source, images);
  }
  const changed = new Headers(headers);
  changed.delete("content-length");
  return new Response(ReadableStream.from(receive(body)), { status, headers: changed });
}

/**
 * Takes the images out of an answer while it arrives, and puts each one's number into its place. An
 * answer of 5 MB would otherwise be in memory as bytes, as text, as the parsed text and as the image.
 *
 * @param images Where the images go, by their number.
 */
export async function* takeImages(
  body: ReadableStream<Uint8Array>,
  images: ImagePieces[],
): AsyncGenerator<Bytes> {
  let text = "";
  let image: Base64Decoder | undefined;
  for await (const chunk of body) {
    text += Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");
    let rest = "";
    for (let found = true; found;) {
      if (image) {
        const end = text.indexOf('"');
        found = end >= 0;
        image.add(found ? text.slice(0, end) : text);
        text = found ? text.slice(end) : "";
        if (!found) break;
        const pieces = image.end();
        rest += pieces.length > 0 ? images.push(pieces) - 1 : "";
        image = undefined;
      } else {
        const beginning = BEGINNING.exec(text);
        found = beginning !== null;
        if (!beginning) break;
        const end = beginning.index + beginning[0].length;
        rest += text.slice(0, end);
        text = text.slice(end);
        image = new Base64Decoder();
      }
    }
    rest += text.slice(0, -LONGEST_BEGINNING);
    text = text.slice(-LONGEST_BEGINNING);
    if (rest) yield bytesOf(rest);
  }
  if (text) yield bytesOf(text);
}

/** Decodes base64, as it stands in JSON, from parts that end anywhere. */
class Base64Decoder {
  readonly #pieces: Bytes[] = [];
  #rest = "";

  add(text: string): void {
    const all = this.#rest + text;
    const escaped = all.endsWith("\\") ? 1 : 0;
    const plain = all.slice(0, all.length - escaped)
      .replaceAll(/\\(.)/g, (_, character) => character === "/" ? "/" : "");
    const length = plain.length - plain.length % 4;
    this.#decode(plain.slice(0, length));
    this.#rest = plain.slice(length) + "\\".repeat(escaped);
  }

  end(): ImagePieces {
    this.#decode(this.#rest);
    return this.#pieces;
  }

  #decode(text: string): void {
    const { buffer, byteOffset, length } = Buffer.from(text, "base64");
    if (length > 0) this.#pieces.push(new Uint8Array(buffer, byteOffset, length));
  }
}

function bytesOf(text: string): Bytes {
  const { buffer, byteOffset, length } = Buffer.from(text, "latin1");
  return new Uint8Array(buffer, byteOffset, length);
}

import { look } from "../../../../shared/inputs/look.ts";
import { PassedFile } from "../../../../shared/inputs/passed_file.ts";
import { seenSize } from "../../../../shared/inputs/seen_size.ts";
import type { FactsReader, KindFacts } from "./facts_reader.ts";

/** Reads a PNG, JPEG or WebP as inputs are looked at. */
export class PictureFacts implements FactsReader {
  readonly #file = new PassedFile();

  add(part: Uint8Array): void {
    this.#file.add(part);
  }

  async end(): Promise<KindFacts> {
    const found = await look(this.#file);
    return found.found === "image" ? seenSize(found) : {};
  }
}

import { hasText, uint32Reversed } from "../../../../shared/inputs/binary.ts";
import {
  GLB_CHUNK_HEADER_BYTES,
  GLB_HEADER_BYTES,
  parseGlbDescription,
} from "../../../../shared/inputs/glb_description.ts";
import { describedFacts } from "./described_facts.ts";
import type { FactsReader, KindFacts } from "./facts_reader.ts";

const HEAD_BYTES = GLB_HEADER_BYTES + GLB_CHUNK_HEADER_BYTES;

/** Descriptions are a few kilobytes; a longer one is not read. */
export const MAX_DESCRIPTION_BYTES = 1024 * 1024;

/** Reads the description of a GLB, and holds nothing of what is behind it. */
export class ModelFacts implements FactsReader {
  #held = new Uint8Array(HEAD_BYTES);
  #length = 0;

  add(part: Uint8Array): void {
    const taken = this.#take(part);
    if (this.#length < HEAD_BYTES || this.#held.length > HEAD_BYTES) return;
    const described = uint32Reversed(this.#held, GLB_HEADER_BYTES);
    if (!hasText(this.#held, "JSON", GLB_HEADER_BYTES + 4)) throw new Error("No description");
    if (described > MAX_DESCRIPTION_BYTES) throw new Error(`${described} bytes of description`);
    const held = new Uint8Array(HEAD_BYTES + described);
    held.set(this.#held);
    this.#held = held;
    this.#take(part.subarray(taken));
  }

  end(): Promise<KindFacts> {
    const isWhole = this.#length > HEAD_BYTES && this.#length === this.#held.length;
    const description = isWhole && parseGlbDescription(this.#held.subarray(HEAD_BYTES));
    return Promise.resolve(description ? describedFacts(description) : {});
  }

  /** Copies as much as there is room for; returns how much. */
  #take(part: Uint8Array): number {
    const taken = part.subarray(0, this.#held.length - this.#length);
    this.#held.set(taken, this.#length);
    this.#length += taken.length;
    return taken.length;
  }
}

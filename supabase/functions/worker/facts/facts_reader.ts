import type { AssetFacts } from "../../../../shared/contract/asset_facts.ts";

/** What a file is told of by its kind. */
export type KindFacts = Omit<AssetFacts, "media_type" | "bytes">;

/** Reads the facts of a file while it goes by, and holds as little of it as it can. */
export interface FactsReader {
  /** The next part. May throw: then the file has no facts. */
  add(part: Uint8Array): void;
  /** What all parts have told. */
  end(): Promise<KindFacts>;
}

/**
 * What the simulated providers would have billed.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** A call about to be billed, as its provider describes it. */
export interface Purchase {
  readonly provider: string;
  readonly operation: string;
  readonly model: string;
  /**
   * The request's fields; files as a {@link FileDescription}, never their
   * bytes, never a key.
   */
  readonly request: Readonly<Record<string, unknown>>;
  /**
   * The id the provider answers with, so that a purchase can be matched with a
   * response.
   */
  readonly request_id: string;
}

/** How a file stands in the ledger. */
export interface FileDescription {
  readonly name: string;
  readonly media_type: string;
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** How a file that came with a call stands in the ledger. */
export function describeFile(name: string, mediaType: string, bytes: Uint8Array): FileDescription {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, media_type: mediaType, size: bytes.length, sha256 };
}

/** A billed call. */
export interface LedgerEntry extends Purchase {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly accepted_at: string;
}

/** The purchases of one simulator app, oldest first. */
export class Ledger {
  readonly #now: () => Date;
  #entries: LedgerEntry[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Records a purchase. Call it when the service accepts the call, before the
   * answer is produced: a real provider bills even if the client hangs up.
   */
  record(purchase: Purchase): void {
    this.#entries.push({
      id: crypto.randomUUID(),
      ...purchase,
      accepted_at: this.#now().toISOString(),
    });
  }

  list(): readonly LedgerEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}

/**
 * How many API units are left.
 *
 * @module
 */
import type { Ledger } from "../ledger.ts";

/** Enough for 25,000 pictures of V3. */
const UNITS_AT_FIRST = 1_000_000;

/**
 * The account behind every token. What is in the ledger is paid, so that whoever clears the ledger
 * has all units again.
 */
export class Account {
  readonly #ledger: Ledger;
  readonly #prices = new Map<string, number>();
  readonly #unitsAtFirst: number;

  constructor(ledger: Ledger, unitsAtFirst: number = UNITS_AT_FIRST) {
    this.#ledger = ledger;
    this.#unitsAtFirst = unitsAtFirst;
  }

  /** Sets what a call costs if it gets into the ledger. */
  setPrice(requestId: string, units: number): void {
    this.#prices.set(requestId, units);
  }

  get balance(): number {
    const prices = this.#ledger.list().map(({ request_id }) => this.#prices.get(request_id) ?? 0);
    return prices.reduce((left, price) => left - price, this.#unitsAtFirst);
  }
}

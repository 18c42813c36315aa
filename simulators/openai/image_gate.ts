/**
 * The window of images of an account, which answers tell in headers.
 *
 * Sources: https://developers.openai.com/api/docs/guides/rate-limits; the headers of images are not in
 * it, and were seen in fixtures of clients.
 *
 * @module
 */
import { RateGate } from "../rate_gate.ts";
import { answerWindowUsedUp } from "./failures.ts";

const WINDOW_MS = 60_000;

/** Admits so many images a minute and key. */
export class ImageGate {
  readonly #limit: number;
  readonly #gate: RateGate;

  constructor(limit: number, now: () => Date) {
    this.#limit = limit;
    this.#gate = new RateGate({ amount: limit, windowMs: WINDOW_MS }, now);
  }

  /** The answer of the service, or 429 if its images do not fit into the window. */
  async pass(key: string, images: number, answer: () => Promise<Response>): Promise<Response> {
    const isAdmitted = this.#gate.admits(key, images);
    const { remaining, resetMs } = this.#gate.windowOf(key);
    const response = isAdmitted ? await answer() : answerWindowUsedUp(resetMs);
    response.headers.set("x-ratelimit-limit-images", String(this.#limit));
    response.headers.set("x-ratelimit-remaining-images", String(remaining));
    response.headers.set("x-ratelimit-reset-images", durationOf(resetMs));
    return response;
  }
}

/** As the service writes it: `250ms`, `12s`, `1m30s`. */
function durationOf(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds}ms`;
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = (milliseconds % 60_000) / 1_000;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

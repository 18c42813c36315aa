import { z } from "zod";
import { PROVIDER_PORT } from "./stack_settings.ts";

/** One white pixel, in base64. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

const call = z.object({ prompt: z.string() });

/** A provider that answers each call at once with a picture, and tells when a call has come. */
export class InstantProvider {
  readonly #arrivals = new Map<string, (time: number) => void>();
  readonly #server: Deno.HttpServer;

  #isOpen = Promise.resolve();
  #open: () => void = () => {};

  constructor(port: number = PROVIDER_PORT) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** Resolves when the call with the prompt comes, to the time of this process's clock, in ms. */
  arrivalOf(prompt: string): Promise<number> {
    return new Promise((resolve) => this.#arrivals.set(prompt, resolve));
  }

  /** From now on calls come in and get no answer, until they are released. */
  hold(): void {
    this.#isOpen = new Promise((resolve) => this.#open = resolve);
  }

  /** Answers the calls that are held, and those that come. */
  release(): void {
    this.#open();
  }

  async stop(): Promise<void> {
    this.release();
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const time = performance.now();
    // The daily look at its list of models.
    if (request.method === "GET") return Response.json({ object: "list", data: [] });
    const { prompt } = call.parse(await request.json());
    this.#arrivals.get(prompt)?.(time);
    this.#arrivals.delete(prompt);
    await this.#isOpen;
    return Response.json({ created: 0, data: [{ b64_json: PNG }] });
  }
}

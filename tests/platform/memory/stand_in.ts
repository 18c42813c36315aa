import { Buffer } from "node:buffer";
import type { Bytes } from "../../../shared/bytes.ts";
import { aPng, pngChunk } from "../../../testing/small_files.ts";

export interface StandIn {
  /** Each step sends an input of so many bytes, and gets a result of so many. */
  readonly inputBytes: number;
  readonly resultBytes: number;
  readonly steps: number;
  /** So many results wait for Storage at once, or all that are left. */
  readonly uploadsAtOnce: number;
}

/**
 * A provider and a Storage that let a worker hold as much as it will: the provider answers when all
 * requests are there, and Storage when as many uploads are there as the worker makes at once.
 */
export class MemoryStandIn {
  readonly #scene: StandIn;
  readonly #input: Bytes;
  readonly #result: Bytes;
  readonly #uploads: (() => void)[] = [];
  readonly #stored = new Map<string, number>();
  #answered = 0;

  constructor(scene: StandIn) {
    this.#scene = scene;
    this.#input = pictureOf(scene.inputBytes);
    this.#result = pictureOf(scene.resultBytes);
  }

  /** The sizes of what has been stored. */
  get stored(): readonly number[] {
    return [...this.#stored.values()];
  }

  readonly handle = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.includes("/object/info/")) {
      return Response.json({ size: this.#stored.get(pathname.replace("/info", "")) ?? 0 });
    }
    if (pathname.startsWith("/storage/")) {
      return request.method === "GET"
        ? new Response(this.#input)
        : await this.#store(pathname, request);
    }
    return await this.#answer(pathname, request);
  };

  async #answer(pathname: string, request: Request): Promise<Response> {
    await lengthOf(request);
    if (!pathname.startsWith("/images/")) return new Response(this.#result);
    const data = [{ b64_json: Buffer.from(this.#result).toString("base64") }];
    // Deno would compress it otherwise, and not tell its length.
    return Response.json({ data }, { headers: { "cache-control": "no-transform" } });
  }

  async #store(pathname: string, request: Request): Promise<Response> {
    const length = await lengthOf(request);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#uploads.push(resolve);
    const { steps, uploadsAtOnce } = this.#scene;
    if (this.#uploads.length === Math.min(uploadsAtOnce, steps - this.#answered)) {
      for (const resume of this.#uploads.splice(0)) {
        this.#answered++;
        resume();
      }
    }
    await promise;
    this.#stored.set(pathname, length);
    return Response.json({ Id: "1", Key: "key" });
  }
}

async function lengthOf(request: Request): Promise<number> {
  let length = 0;
  for await (const chunk of request.body ?? []) length += chunk.length;
  return length;
}

/** A whole picture of so many bytes, as a look sees it. */
function pictureOf(length: number): Bytes {
  const around = aPng({}, [], [pngChunk("IDAT")]).length;
  return aPng({}, [], [pngChunk("IDAT", new Uint8Array(length - around))]);
}

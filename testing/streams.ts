import assert from "node:assert/strict";
import type { Output } from "../shared/providers/adapter.ts";

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** A body that comes in these pieces. */
export function streamOf(...chunks: readonly Uint8Array<ArrayBuffer>[]): Body {
  return ReadableStream.from(chunks);
}

/** A body that breaks off behind these pieces. */
export function brokenStream(reason: Error, ...chunks: readonly Uint8Array<ArrayBuffer>[]): Body {
  const left = [...chunks];
  return new ReadableStream({
    pull(controller): void {
      const next = left.shift();
      if (next) controller.enqueue(next);
      else controller.error(reason);
    },
  });
}

/** A body that tells when it is read and when it is given up. */
export function watchedStream(
  ...chunks: readonly Uint8Array<ArrayBuffer>[]
): { readonly body: Body; readonly events: readonly string[] } {
  const events: string[] = [];
  const left = [...chunks];
  const body: Body = new ReadableStream(
    {
      pull(controller): void {
        const next = left.shift();
        events.push(next ? "read" : "end");
        if (next) controller.enqueue(next);
        else controller.close();
      },
      cancel(): void {
        events.push("cancel");
      },
    },
    { highWaterMark: 0 },
  );
  return { body, events };
}

/** All bytes of a body. */
export async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/** The bytes of a result. */
export async function contentOf(output: Output): Promise<Uint8Array<ArrayBuffer>> {
  const { body, size } = await output.open();
  const bytes = await bytesOf(body);
  assert.equal(bytes.length, size);
  return bytes;
}

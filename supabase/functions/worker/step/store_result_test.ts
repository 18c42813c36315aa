import assert from "node:assert/strict";
import { bytesOutput, type Output } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { files } from "../../../../testing/files.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import { brokenStream, bytesOf } from "../../../../testing/streams.ts";
import { MemorySemaphore } from "../memory_semaphore.ts";
import { storeResult, type StoreResultDependencies } from "./store_result.ts";

const { signal } = new AbortController();
const drawings = new MemorySemaphore(5_000_000);
const encoder = new TextEncoder();
const HARMFUL = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><g/></svg>';

interface Stored {
  readonly path: string;
  readonly mediaType: string;
  readonly text: string;
}

/** A Storage that keeps what was sent to its end, as the real one does. */
function storage(): {
  stored: Stored[];
  save: StoreResultDependencies["store"]["save"];
} {
  const stored: Stored[] = [];
  return {
    stored,
    save: async (path, body, { mediaType }) => {
      const bytes = await bytesOf(body).catch(() => {
        throw new TypeError("error sending request");
      });
      stored.push({ path, mediaType, text: new TextDecoder().decode(bytes) });
      return `https://files.example/${path}`;
    },
  };
}

async function store(output: Output): Promise<{ stored: Stored[]; url: string; told: string[] }> {
  const { stored, save } = storage();
  const { log, lines } = recordLog();
  const dependencies = { store: { save }, log, drawings };
  const { url } = await storeResult(dependencies, { path: "0", output, kind: "image" }, signal);
  return { stored, url, told: lines.map(({ event }) => String(event)) };
}

Deno.test("a drawing is stored without what could run", async () => {
  const { stored, url, told } = await store(bytesOutput(encoder.encode(HARMFUL)));
  const text =
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g></g></svg>';
  assert.deepEqual(stored, [{ path: "0.svg", mediaType: "image/svg+xml", text }]);
  assert.deepEqual([url, told], ["https://files.example/0.svg", []]);
});

Deno.test("one that cannot be cleaned is kept as it came, for download only", async (t) => {
  const files = {
    "cut off": HARMFUL.slice(0, -3),
    "not nested": HARMFUL.replace("<g/>", "<g><a></g></a>"),
    "too long": HARMFUL.replace("<g/>", `<path d="${"M0 0".repeat(1_250_000)}"/>`),
  };
  for (const [name, file] of Object.entries(files)) {
    await t.step(name, async () => {
      const { stored, url, told } = await store(bytesOutput(encoder.encode(file)));
      assert.deepEqual(stored.map(({ path, mediaType }) => [path, mediaType]), [
        ["0.bin", "application/octet-stream"],
      ]);
      assert.ok(stored[0]?.text === file);
      assert.equal(url, "https://files.example/0.bin");
      assert.deepEqual(told, ["drawing stored for download only"]);
    });
  }
});

Deno.test("a drawing that its source breaks off is fetched again, not kept in half", async () => {
  const output: Output = {
    open: () =>
      Promise.resolve({
        body: brokenStream(new Error("Reset"), encoder.encode(`${HARMFUL}${" ".repeat(5_000)}`)),
        size: undefined,
      }),
  };
  await assert.rejects(
    store(output),
    (error) => error instanceof ProviderError && error.code === "provider_unavailable",
  );
});

Deno.test("a Storage that is away is no fault of the drawing", async () => {
  const { log, lines } = recordLog();
  const output = bytesOutput(encoder.encode(HARMFUL));
  const away = new Error("Away");
  const save = (): Promise<string> => Promise.reject(away);
  await assert.rejects(
    storeResult({ store: { save }, log, drawings }, { path: "0", output, kind: "image" }, signal),
    away,
  );
  assert.deepEqual(lines, []);
});

Deno.test("drawings wait for each other where there is memory for one, and pictures do not", async () => {
  const { log } = recordLog();
  const first = Promise.withResolvers<void>();
  const begun: string[] = [];
  const save = async (path: string, body: ReadableStream<Uint8Array>): Promise<string> => {
    begun.push(path);
    await bytesOf(body);
    if (path === "first.svg") await first.promise;
    return path;
  };
  const dependencies = { store: { save }, log, drawings: new MemorySemaphore(5_000_000) };
  const put = async (
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    given = signal,
  ): Promise<string> => {
    const file = { path, output: bytesOutput(bytes), kind: "image" } as const;
    return (await storeResult(dependencies, file, given)).url;
  };
  const drawing = encoder.encode(HARMFUL);
  const one = put("first", drawing);
  const two = put("second", drawing);
  const lost = new AbortController();
  const three = put("third", drawing, lost.signal);
  assert.equal(await put("picture", files.png), "picture.png");
  lost.abort();
  await assert.rejects(three, { name: "AbortError" });
  assert.deepEqual(begun, ["first.svg", "picture.png"]);
  first.resolve();
  assert.deepEqual(await Promise.all([one, two]), ["first.svg", "second.svg"]);
});

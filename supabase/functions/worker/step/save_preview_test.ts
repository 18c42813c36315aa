import assert from "node:assert/strict";
import type { Content, Preview } from "../../../../shared/providers/adapter.ts";
import { bytesOutput } from "../../../../shared/providers/adapter.ts";
import { files } from "../../../../testing/files.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import { brokenStream, bytesOf, watchedStream } from "../../../../testing/streams.ts";
import { createSavePreview, MAX_PREVIEW_BYTES } from "./save_preview.ts";

const claim = { userId: "user", taskId: "task" };

interface Saved {
  readonly url: string | undefined;
  readonly stored: readonly string[];
  readonly told: readonly unknown[];
}

async function save(
  preview: Preview | undefined,
  { milliseconds = 60_000, signal = new AbortController().signal } = {},
): Promise<Saved> {
  const { log, lines } = recordLog();
  const stored: string[] = [];
  const store: Parameters<typeof createSavePreview>[0] = {
    save: async (path, body, { mediaType }) => {
      const { length } = await bytesOf(body);
      stored.push(`${path} ${mediaType} ${length}`);
      return `https://files.example/${path}`;
    },
  };
  const url = await createSavePreview(store, log, milliseconds)(claim, preview, signal);
  return { url, stored, told: lines.map(({ level, event }) => `${level} ${event}`) };
}

function picture(open: (signal: AbortSignal) => Promise<Content>): Preview {
  return { kind: "output", open };
}

const given = (bytes: Uint8Array<ArrayBuffer>): Preview => picture(() => bytesOutput(bytes).open());

Deno.test("a picture is stored beside its model, under a name that begins with the model's", async () => {
  const { length } = files.webp;
  assert.deepEqual(await save(given(files.webp)), {
    url: "https://files.example/user/models/task/0.preview.webp",
    stored: [`user/models/task/0.preview.webp image/webp ${length}`],
    told: [],
  });
});

Deno.test("an input is named, not stored again, and no picture is none", async () => {
  const nothing = { stored: [], told: [] };
  const url = "https://files.example/input.png";
  assert.deepEqual(await save({ kind: "input", url }), { url, ...nothing });
  assert.deepEqual(await save(undefined), { url: undefined, ...nothing });
});

Deno.test("a picture that cannot be had is left out, and nothing fails", async (t) => {
  const large = new Uint8Array(MAX_PREVIEW_BYTES + 1);
  large.set(files.png);
  const body = (stream: Content["body"], size?: number): Preview =>
    picture(() => Promise.resolve({ body: stream, size }));
  const previews: Readonly<Record<string, Preview>> = {
    "its address has died": picture(() => Promise.reject(new Error("Gone"))),
    "no picture": given(files.html),
    "no bytes": given(files.empty),
    "a drawing": given(files.svg),
    "a model": given(files.glb),
    "too large": given(large),
    "too large, which it does not tell": body(ReadableStream.from([large])),
    "it breaks off": body(brokenStream(new Error("Reset"), files.png)),
  };
  for (const [name, preview] of Object.entries(previews)) {
    await t.step(name, async () => {
      assert.deepEqual(await save(preview), {
        url: undefined,
        stored: [],
        told: ["warn preview left out"],
      });
    });
  }
});

Deno.test("one that stands still is waited for no longer than the time for it, or the lease", async (t) => {
  const stuck = new Promise<never>(() => {});
  const left = { url: undefined, stored: [], told: ["warn preview left out"] };
  await t.step("the time is over", async () => {
    assert.deepEqual(await save(picture(() => stuck), { milliseconds: 1 }), left);
  });
  await t.step("the lease is lost", async () => {
    const lost = new AbortController();
    const preview = picture(() => {
      lost.abort();
      return stuck;
    });
    assert.deepEqual(await save(preview, { signal: lost.signal }), left);
  });
  await t.step("it was lost before", async () => {
    const { body, events } = watchedStream(files.png);
    const preview = picture(() => Promise.resolve({ body, size: undefined }));
    assert.deepEqual(await save(preview, { signal: AbortSignal.abort() }), left);
    assert.deepEqual(events, []);
  });
});

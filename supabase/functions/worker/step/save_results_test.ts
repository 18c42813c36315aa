import assert from "node:assert/strict";
import { bytesOutput, type Output } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { SlowDownload } from "../../../../shared/providers/transport/download.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { files } from "../../../../testing/files.ts";
import { markedFiles } from "../../../../testing/marked_files.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import { brokenStream, bytesOf } from "../../../../testing/streams.ts";
import { InvalidResult } from "./inspect_result.ts";
import { createSaveResults, type SaveResults } from "./save_results.ts";

type Store = Parameters<typeof createSaveResults>[0];

/** The provider has accepted the work: its results may be fetched again. */
const claim = { userId: "user", taskId: "task", handle: "job", failedAttempts: 0 };
const signal = new AbortController().signal;

/** Waits so long between tries, and no longer. */
function saver(store: Store, first: readonly number[]): SaveResults {
  return createSaveResults(store, recordLog().log, { first, further: 0 });
}

interface Storage extends Store {
  readonly stored: Map<string, string>;
  readonly contents: Map<string, Uint8Array>;
}

/** Fails a number of times first. */
function storage(failures = 0): Storage {
  const stored = new Map<string, string>();
  const contents = new Map<string, Uint8Array>();
  return {
    stored,
    contents,
    async save(path, body, { mediaType }) {
      const bytes = await bytesOf(body);
      if (failures-- > 0) throw new Error(`Failure, ${failures} to come`);
      stored.set(path, mediaType);
      contents.set(path, bytes);
      return `https://files.example/${path}`;
    },
  };
}

const urlsOf = (stored: Awaited<ReturnType<SaveResults>>): string[] => stored.map(({ url }) => url);

/** An output that counts how often it is opened. */
function counted(bytes: Uint8Array<ArrayBuffer>): Output & { readonly opened: { count: number } } {
  const opened = { count: 0 };
  const output = bytesOutput(bytes);
  return {
    opened,
    open: () => {
      opened.count++;
      return output.open();
    },
  };
}

Deno.test("results are stored in order, each with the extension of its bytes", async () => {
  const store = storage();
  const bytes = [files.png, files.jpeg, files.webp];
  const outputs = [...bytes, files.svg].map(bytesOutput);
  const addresses = urlsOf(await saver(store, [])(claim, "image", outputs, signal));
  assert.deepEqual(addresses, [
    "https://files.example/user/concepts/task/0.png",
    "https://files.example/user/concepts/task/1.jpg",
    "https://files.example/user/concepts/task/2.webp",
    "https://files.example/user/concepts/task/3.svg",
  ]);
  assert.deepEqual([...store.stored.values()], [
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/svg+xml",
  ]);
  // The drawing is written anew: see clean_drawing_test.ts.
  assert.deepEqual([...store.contents.values()].slice(0, 3), bytes);
});

Deno.test("marks of origin in images and models are kept byte for byte", async (t) => {
  for (const { name, kind, bytes } of await markedFiles()) {
    await t.step(name, async () => {
      const store = storage();
      await saver(store, [])(claim, kind, [bytesOutput(bytes)], signal);
      assert.deepEqual([...store.contents.values()], [bytes]);
    });
  }
});

Deno.test("models have a folder of their own", async () => {
  const outputs = [bytesOutput(files.glb)];
  const addresses = urlsOf(await saver(storage(), [])(claim, "model", outputs, signal));
  assert.deepEqual(addresses, ["https://files.example/user/models/task/0.glb"]);
});

Deno.test("bytes that are not of the wanted kind are no result, and not asked for again", async (t) => {
  for (const name of ["html", "gif", "glb", "empty"] as const) {
    await t.step(name, async () => {
      const store = storage();
      const output = counted(files[name]);
      const saved = saver(store, [0, 0])(aClaim({ handle: "job" }), "image", [output], signal);
      await assert.rejects(saved, InvalidResult);
      assert.equal(store.stored.size, 0);
      assert.equal(output.opened.count, 1);
    });
  }
});

Deno.test("a failing Storage is asked again, with the result opened anew", async () => {
  const store = storage(2);
  const output = counted(files.png);
  const addresses = urlsOf(await saver(store, [0, 0])(claim, "image", [output], signal));
  assert.equal(addresses.length, 1);
  assert.equal(output.opened.count, 3);
  assert.deepEqual([...store.contents.values()], [files.png]);
});

Deno.test("a Storage that keeps failing ends in its last error", async () => {
  const save = saver(storage(9), [0, 0]);
  const saved = save(claim, "image", [bytesOutput(files.png)], signal);
  await assert.rejects(saved, { message: "Failure, 6 to come" });
});

Deno.test("one result is on its way at a time", async () => {
  const events: string[] = [];
  const outputs = ["a", "b"].map((name): Output => ({
    open: () => {
      events.push(`open ${name}`);
      return bytesOutput(files.png).open();
    },
  }));
  const store: Store = {
    save: async (path, body) => {
      await bytesOf(body);
      events.push("stored");
      return path;
    },
  };
  await saver(store, [])(claim, "image", outputs, signal);
  assert.deepEqual(events, ["open a", "stored", "open b", "stored"]);
});

Deno.test("no results are stored as none", async () => {
  assert.deepEqual(await saver(storage(), [])(claim, "image", [], signal), []);
});

Deno.test("a lost task writes over nothing that the next worker stores", async () => {
  const stored: string[] = [];
  const lost = new AbortController();
  const store: Store = {
    save: (path) => {
      lost.abort();
      return Promise.resolve(String(stored.push(path)));
    },
  };
  const outputs = [files.png, files.png].map(bytesOutput);
  const saved = saver(store, [0, 0])(claim, "image", outputs, lost.signal);
  await assert.rejects(saved, { name: "AbortError" });
  assert.equal(stored.length, 1);
});

Deno.test("a task that is lost while Storage fails is not stored after all", async () => {
  const lost = new AbortController();
  let tries = 0;
  const store: Store = {
    save: () => {
      tries++;
      lost.abort();
      return Promise.reject(new Error("Away"));
    },
  };
  const outputs = [bytesOutput(files.png)];
  const saved = saver(store, [1_000_000])(claim, "image", outputs, lost.signal);
  await assert.rejects(saved, { message: "Away" });
  assert.equal(tries, 1);
});

Deno.test("a failure to open is tried again if it may pass, and is that failure in the end", async (t) => {
  const cases: readonly (readonly [name: string, error: ProviderError, opened: number])[] = [
    ["away for a moment", new ProviderError("provider_unavailable", "x"), 3],
    ["slow", new ProviderError("timeout", "x"), 3],
    ["its address has died", new ProviderError("invalid_result", "x"), 1],
    ["ended", new ProviderError("provider_unavailable", "x", { final: true }), 1],
    ["refused", new ProviderError("provider_auth", "x"), 1],
    ["elsewhere", new ProviderError("provider_unavailable", "x", { unlistedHost: "a.b" }), 1],
  ];
  for (const [name, error, opened] of cases) {
    await t.step(name, async () => {
      let count = 0;
      const output: Output = {
        open: () => {
          count++;
          return Promise.reject(error);
        },
      };
      const saved = saver(storage(), [0, 0])(claim, "image", [output], signal);
      await assert.rejects(saved, error);
      assert.equal(count, opened);
    });
  }
});

/** The provider has its results no more. */
const paid = { ...claim, handle: null };

Deno.test("a result of which there is no other copy is tried until Storage takes it", async () => {
  const store = storage(40);
  const { log, lines } = recordLog();
  const save = createSaveResults(store, log, { first: [0, 0], further: 0 });
  const addresses = urlsOf(await save(paid, "image", [bytesOutput(files.png)], signal));
  assert.deepEqual(addresses, ["https://files.example/user/concepts/task/0.png"]);
  assert.deepEqual([...store.contents.values()], [files.png]);
  const told = lines.map(({ level, event, task_id, attempts }) => [
    level,
    event,
    task_id,
    attempts,
  ]);
  assert.deepEqual(told, [["warn", "result cannot be stored yet", "task", 3]]);
});

Deno.test("it is given up when its task is lost, and at once when no try helps", async (t) => {
  await t.step("lost", async () => {
    const lost = new AbortController();
    let tries = 0;
    const save: Store["save"] = () => {
      if (++tries === 20) lost.abort();
      return Promise.reject(new Error("Away"));
    };
    const saved = saver({ save }, [])(paid, "image", [bytesOutput(files.png)], lost.signal);
    await assert.rejects(saved, { message: "Away" });
    assert.equal(tries, 20);
  });
  await t.step("too large", async () => {
    let tries = 0;
    const save: Store["save"] = () => {
      tries++;
      return Promise.reject(new ProviderError("storage_failed", "Too large", { final: true }));
    };
    const saved = saver({ save }, [0])(paid, "image", [bytesOutput(files.png)], signal);
    await assert.rejects(saved, { message: "Too large" });
    assert.equal(tries, 1);
  });
});

Deno.test("a result that comes too slowly is left for a later poll", async () => {
  let opened = 0;
  const output: Output = {
    open: () => {
      opened++;
      return Promise.resolve({
        body: brokenStream(new SlowDownload("Acme"), files.png),
        size: undefined,
      });
    },
  };
  const saved = saver(storage(), [0, 0])(claim, "image", [output], signal);
  await assert.rejects(saved, SlowDownload);
  assert.equal(opened, 1);
});

Deno.test("the signal ends an upload under way", async () => {
  const lost = new AbortController();
  const store: Store = {
    save: (_path, _body, _type, given) =>
      new Promise((_, reject) => {
        given.addEventListener("abort", () => reject(new Error("Ended")));
        lost.abort();
      }),
  };
  const saved = saver(store, [0, 0])(paid, "image", [bytesOutput(files.png)], lost.signal);
  await assert.rejects(saved, { message: "Ended" });
});

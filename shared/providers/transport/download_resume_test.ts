import assert from "node:assert/strict";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withRawAnswers, withServer } from "../../../testing/serve.ts";
import { bytesOf } from "../../../testing/streams.ts";
import { type DownloadLimits, downloadOutput, SlowDownload } from "./download.ts";

const TEXT = "0123456789abcdefghij";
const MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT";
const LATER = "Thu, 01 Jan 2026 00:01:00 GMT";
const AT_ONCE = "Thu, 01 Jan 2026 00:00:01 GMT";

/** All that comes of a result, as text. */
async function textAt(address: string, limits: Partial<DownloadLimits> = {}): Promise<string> {
  const policy = { provider: { name: "Acme", otherHosts: [] }, baseUrl: address };
  const { signal } = new AbortController();
  const options = { resumeDelays: [0, 0, 0], ...limits };
  const { body } = await downloadOutput(address, policy, signal, options).open();
  return new TextDecoder().decode(await bytesOf(body));
}

/** An answer that promises the text from an offset on, and breaks off before another. */
function answer(
  from: number,
  to: number,
  { status = from === 0 ? 200 : 206, ...more }: Readonly<Record<string, string | number>> = {},
): string {
  const headers = {
    "content-length": TEXT.length - from,
    ...(status === 206 && { "content-range": `bytes ${from}-19/20` }),
    ...more,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} Words\r\n${lines}\r\n${TEXT.slice(from, to)}`;
}

/** The range and the validator of each request. */
function rangesOf(asked: readonly string[]): readonly (readonly (string | undefined)[])[] {
  return asked.map((head) =>
    [/\r\nrange: (.*)\r\n/i.exec(head)?.[1], /\r\nif-range: (.*)\r\n/i.exec(head)?.[1]] as const
  );
}

const etag = '"v1"';

Deno.test("a result that breaks off goes on where it was, however often", async () => {
  const answers = [
    answer(0, 5, { etag }),
    answer(5, 11),
    answer(11, 11),
    answer(11, 20),
  ];
  await withRawAnswers(answers, async (address, asked) => {
    assert.equal(await textAt(address), TEXT);
    assert.deepEqual(rangesOf(asked), [
      [undefined, undefined],
      ["bytes=5-", etag],
      ["bytes=11-", etag],
      ["bytes=11-", etag],
    ]);
  });
});

Deno.test("a date that is old enough stands for the same bytes, too", async () => {
  const dates = { "last-modified": MODIFIED, date: LATER };
  await withRawAnswers([answer(0, 5, dates), answer(5, 20)], async (address, asked) => {
    assert.equal(await textAt(address), TEXT);
    assert.deepEqual(rangesOf(asked)[1], ["bytes=5-", MODIFIED]);
  });
});

Deno.test("a server in trouble is asked for the rest once more", async () => {
  const trouble = "HTTP/1.1 503 Words\r\ncontent-length: 0\r\n\r\n";
  await withRawAnswers([answer(0, 5, { etag }), trouble, "", answer(5, 20)], async (address) => {
    assert.equal(await textAt(address), TEXT);
  });
});

Deno.test("what cannot be told from another file is not asked for its rest", async (t) => {
  const cases: Readonly<Record<string, Record<string, string>>> = {
    "no validator": {},
    "a weak one": { etag: 'W/"v1"' },
    "a date that may be that of two versions": { "last-modified": MODIFIED, date: AT_ONCE },
    "a date of unknown age": { "last-modified": MODIFIED },
    "no ranges": { etag, "accept-ranges": "none" },
    "compressed": { etag, "content-encoding": "identity" },
  };
  for (const [name, headers] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withRawAnswers([answer(0, 5, headers), answer(5, 20)], async (address, asked) => {
        await assert.rejects(textAt(address));
        assert.equal(asked.length, 1);
      });
    });
  }
});

Deno.test("another answer than the rest of the same file ends the download", async (t) => {
  const cases: Readonly<Record<string, string>> = {
    "a new version": answer(0, 20, { etag: '"v2"' }),
    "other bytes": answer(5, 20, { "content-range": "bytes 4-19/20" }),
    "of a longer file": answer(5, 20, { "content-range": "bytes 5-19/21" }),
    "a part of the rest": answer(5, 20, { "content-range": "bytes 5-18/20" }),
    "no range": "HTTP/1.1 206 Words\r\ncontent-length: 15\r\n\r\n56789abcdefghij",
    "gone": "HTTP/1.1 404 Words\r\ncontent-length: 0\r\n\r\n",
    "elsewhere": "HTTP/1.1 302 Words\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n",
  };
  for (const [name, second] of Object.entries(cases)) {
    await t.step(name, async () => {
      const answers = [answer(0, 5, { etag }), second, answer(5, 20)];
      await withRawAnswers(answers, async (address, asked) => {
        await assert.rejects(textAt(address));
        assert.equal(asked.length, 2);
      });
    });
  }
});

Deno.test("a result that breaks off too often is given up", async () => {
  const answers = [answer(0, 1, { etag }), answer(1, 2), answer(2, 3), answer(3, 4), answer(4, 20)];
  await withRawAnswers(answers, async (address, asked) => {
    await assert.rejects(textAt(address));
    assert.equal(asked.length, 4);
  });
});

Deno.test("a result that comes too slowly is given up, and comes later", async (t) => {
  const speed = { bytesPerSecond: 1_000_000, windowSeconds: 0.05 };
  const cases: Readonly<Record<string, () => ReadableStream<Uint8Array<ArrayBuffer>>>> = {
    "a byte at a time": () => trickle(),
    "nothing behind the first bytes": () =>
      new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(10)) }),
  };
  for (const [name, body] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withServer(() => new Response(body()), async (address) => {
        await assert.rejects(textAt(address, { speed }), SlowDownload);
      });
    });
  }
  await t.step("no answer", async () => {
    const never = Promise.withResolvers<Response>();
    await withServer(() => never.promise, async (address) => {
      const { code, retryable } = await failureOf(textAt(address, { speed }));
      never.resolve(new Response());
      assert.deepEqual([code, retryable], ["provider_unavailable", true]);
    });
  });
});

/** A byte now and then, without an end. */
function trickle(): ReadableStream<Uint8Array<ArrayBuffer>> {
  let timer: ReturnType<typeof setInterval> | undefined;
  return new ReadableStream({
    start: (stream) => {
      timer = setInterval(() => stream.enqueue(new Uint8Array(1)), 5);
    },
    cancel: () => clearInterval(timer),
  });
}

import assert from "node:assert/strict";
import { failureOf } from "../../../testing/provider_failures.ts";
import { closedUrl, withHangUp, withServer } from "../../../testing/serve.ts";
import { bytesOf, contentOf } from "../../../testing/streams.ts";
import type { Output } from "../adapter.ts";
import { downloadOutput, SlowDownload } from "./download.ts";

const bytes = Uint8Array.from({ length: 5_000 }, (_, index) => index % 256);

function outputAt(
  address: string,
  { baseUrl = address, signal = new AbortController().signal, timeoutSeconds }: {
    baseUrl?: string;
    signal?: AbortSignal;
    timeoutSeconds?: number;
  } = {},
): Output {
  const provider = { name: "Acme", otherHosts: ["*.acme.example"] };
  const limits = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  return downloadOutput(address, { provider, baseUrl }, signal, limits);
}

Deno.test("a result is there in full, with its size, however often it is opened", async () => {
  let requests = 0;
  const answer = (): Response => {
    requests++;
    return new Response(bytes);
  };
  await withServer(answer, async (address) => {
    const output = outputAt(address);
    assert.equal(requests, 0, "Nothing is fetched before it is opened");
    assert.deepEqual(await contentOf(output), bytes);
    assert.deepEqual(await contentOf(output), bytes);
  });
  assert.equal(requests, 2);
});

Deno.test("the size is unknown where the answer does not tell it", async (t) => {
  const stream = (): BodyInit => new Blob([bytes]).stream();
  const gzipped = (): BodyInit =>
    new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const packed = await new Response(gzipped()).arrayBuffer();
  const cases: Readonly<Record<string, () => Response>> = {
    "in pieces": () => new Response(stream()),
    "compressed on the way, in pieces": () =>
      new Response(gzipped(), { headers: { "content-encoding": "gzip" } }),
    "compressed on the way, with its length there": () =>
      new Response(packed, {
        headers: { "content-encoding": "gzip", "content-length": String(packed.byteLength) },
      }),
  };
  for (const [name, answer] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withServer(answer, async (address) => {
        const { body, size } = await outputAt(address).open();
        assert.equal(size, undefined);
        assert.deepEqual(await bytesOf(body), bytes);
      });
    });
  }
});

Deno.test("a result is fetched by GET without anything that tells who we are", async () => {
  const received: string[][] = [];
  const answer = ({ method, url, headers }: Request): Response => {
    received.push([method, url, ...headers.keys()]);
    return new Response(bytes);
  };
  await withServer(answer, async (address) => {
    await contentOf(outputAt(`${address}/1.png?sig=a%2Fb`));
    const [[method, url, ...headers] = []] = received;
    assert.deepEqual([method, url], ["GET", `${address}/1.png?sig=a%2Fb`]);
    const general = ["accept", "accept-encoding", "accept-language", "host", "user-agent"];
    assert.deepEqual(headers.filter((name) => !general.includes(name)), []);
  });
});

Deno.test("a result that is not handed out is gone, or comes later", async (t) => {
  const cases: readonly (readonly [status: number, code: string])[] = [
    [301, "invalid_result"],
    [302, "invalid_result"],
    [400, "invalid_result"],
    [401, "invalid_result"],
    [403, "invalid_result"],
    [404, "invalid_result"],
    [410, "invalid_result"],
    [429, "provider_unavailable"],
    [500, "provider_unavailable"],
    [502, "provider_unavailable"],
    [503, "provider_unavailable"],
  ];
  for (const [status, expected] of cases) {
    await t.step(`${status}: ${expected}`, async () => {
      let requests = 0;
      const refuse = ({ url }: Request): Response => {
        requests++;
        return new Response("<Error/>", { status, headers: { location: `${url}/elsewhere` } });
      };
      await withServer(refuse, async (address) => {
        const { code, message, retryable, ambiguous } = await failureOf(
          outputAt(address).open(),
        );
        assert.deepEqual([code, retryable, ambiguous], [expected, true, false]);
        assert.equal(message, `The result of Acme answers ${status}`);
      });
      assert.equal(requests, 1, "No redirect is followed, and nothing asked again");
    });
  }
});

Deno.test("an answer without a body is no result", async () => {
  await withServer(() => new Response(null, { status: 204 }), async (address) => {
    assert.equal((await failureOf(outputAt(address).open())).code, "invalid_result");
  });
});

Deno.test("a host that is not the provider's is never asked, and that may change", async (t) => {
  let requests = 0;
  const count = (): Response => new Response(String(requests++));
  await withServer(count, async (address) => {
    const addresses = [
      [address],
      ["https://acme.example.evil.example/1.png", "acme.example.evil.example"],
      ["https://EVIL.example/1.png", "evil.example"],
      ["https://evil.example:8443/1.png"],
      [`https://${"a".repeat(300)}.example/1.png`],
      ["http://cdn.acme.example/1.png"],
      ["no address"],
    ] as const;
    for (const [each, host] of addresses) {
      await t.step(each.replace(/\d{5}/, "port"), async () => {
        const output = outputAt(each, { baseUrl: "https://api.acme.example/v1" });
        const { code, final, unlistedHost, message } = await failureOf(output.open());
        assert.deepEqual([code, final, unlistedHost], ["provider_unavailable", false, host]);
        assert.equal(message, `Acme points to a host that is not its own: ${host ?? "none"}`);
      });
    }
  });
  assert.equal(requests, 0);
});

Deno.test("a download that comes to nothing was not billed anew", async (t) => {
  await t.step("refused", async () => {
    const { code, ambiguous } = await failureOf(outputAt(closedUrl()).open());
    assert.deepEqual([code, ambiguous], ["provider_unavailable", false]);
  });
  await t.step("broken off before the answer", async () => {
    await withHangUp(async (address) => {
      const { code, ambiguous } = await failureOf(outputAt(address).open());
      assert.deepEqual([code, ambiguous], ["provider_unavailable", false]);
    });
  });
  await t.step("ended by the step", async () => {
    const ended = AbortSignal.abort();
    const { code, ambiguous, ownCut } = await failureOf(
      outputAt(closedUrl(), { signal: ended }).open(),
    );
    assert.deepEqual([code, ambiguous, ownCut], ["timeout", false, true]);
  });
});

Deno.test("a result that breaks off on the way does so for its reader", async () => {
  const half = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf";
  await withHangUp(async (address) => {
    const { body, size } = await outputAt(address).open();
    assert.equal(size, 1_000);
    await assert.rejects(bytesOf(body));
  }, half);
});

Deno.test("the step's end ends a download under way", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = Promise.withResolvers<void>();
  const endless = (): Response =>
    new Response(
      new ReadableStream({
        start: (stream) => stream.enqueue(bytes),
        cancel: () => ended.resolve(),
      }),
    );
  await withServer(endless, async (address) => {
    const { body } = await outputAt(address, { signal }).open();
    const read = assert.rejects(bytesOf(body), { name: "AbortError" });
    controller.abort();
    await read;
    await ended.promise;
  });
});

Deno.test("a download ends in time, whether it does not begin or does not end", async (t) => {
  await t.step("does not begin", async () => {
    const never = Promise.withResolvers<Response>();
    await withServer(() => never.promise, async (address) => {
      const { code, retryable, ownCut } = await failureOf(
        outputAt(address, { timeoutSeconds: 0.05 }).open(),
      );
      assert.deepEqual([code, retryable, ownCut], ["timeout", true, false]);
      never.resolve(new Response());
    });
  });
  await t.step("does not end", async () => {
    const endless = (): Response =>
      new Response(new ReadableStream({ start: (stream) => stream.enqueue(bytes) }));
    await withServer(endless, async (address) => {
      const { body } = await outputAt(address, { timeoutSeconds: 1 }).open();
      await assert.rejects(bytesOf(body), SlowDownload);
    });
  });
});

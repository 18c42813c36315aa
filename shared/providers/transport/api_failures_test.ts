import assert from "node:assert/strict";
import { aBytesRequest, anApi, aRequest, thing } from "../../../testing/an_api.ts";
import { factsOf, failureOf } from "../../../testing/provider_failures.ts";
import { closedUrl, withHangUp, withServer } from "../../../testing/serve.ts";

const BILLED = [true, false] as const;
const headers = { "x-acme-id": "req_1" };

Deno.test("a success that is no JSON, or other JSON, was billed if it is billed at all", async (t) => {
  // Of a free request a page is not even an answer: it is a gateway's.
  const cases: readonly (readonly [name: string, isJson: boolean, () => Response])[] = [
    ["a page", false, () => new Response("<html>Hello</html>", { headers })],
    ["nothing", false, () => new Response("", { headers })],
    ["half of it", false, () => new Response('{"thing":"la', { headers })],
    ["other fields", true, () => Response.json({ things: [] }, { headers })],
    ["another type", true, () => Response.json({ thing: 7 }, { headers })],
    ["a list", true, () => Response.json([], { headers })],
    ["null", true, () => Response.json(null, { headers })],
  ];
  for (const [name, isJson, answer] of cases) {
    for (const billable of BILLED) {
      await t.step(`${name}, ${billable ? "billed" : "free"}`, async () => {
        await withServer(answer, async (address) => {
          const failure = await failureOf(anApi(address).json(aRequest({ billable }), thing));
          const { code, retryable, ambiguous, providerRequestId, cause } = failure;
          assert.deepEqual([code, retryable, ambiguous, providerRequestId], [
            billable || isJson ? "invalid_result" : "provider_unavailable",
            true,
            billable,
            "req_1",
          ]);
          assert.ok(cause instanceof Error);
        });
      });
    }
  }
});

Deno.test("a connection that is refused was not billed", async () => {
  const facts = await factsOf(anApi(closedUrl()).json(aRequest(), thing));
  assert.deepEqual(facts, ["provider_unavailable", true, 0, false]);
});

Deno.test("a host that has no address was not billed", async () => {
  const facts = await factsOf(anApi("http://nowhere.invalid").json(aRequest(), thing));
  assert.deepEqual(facts, ["provider_unavailable", true, 0, false]);
});

Deno.test("a connection that breaks off without an answer may have been billed, if it bills", async (t) => {
  for (const billable of BILLED) {
    await t.step(billable ? "billed" : "free", async () => {
      await withHangUp(async (address) => {
        const facts = await factsOf(anApi(address).json(aRequest({ billable }), thing));
        assert.deepEqual(facts, ["provider_unavailable", true, 0, billable]);
      });
    });
  }
});

Deno.test("an answer that breaks off in its body may have been billed, and has its id", async (t) => {
  const cut = (status: number): string =>
    `HTTP/1.1 ${status} Words\r\nx-acme-id: req_1\r\ncontent-length: 50\r\n\r\n{"thing":"la`;
  for (const status of [200, 500]) {
    for (const billable of BILLED) {
      await t.step(`${status}, ${billable ? "billed" : "free"}`, async () => {
        await withHangUp(async (address) => {
          const failure = await failureOf(anApi(address).json(aRequest({ billable }), thing));
          const { code, ambiguous, providerRequestId } = failure;
          assert.deepEqual([code, ambiguous, providerRequestId], [
            "provider_unavailable",
            billable,
            "req_1",
          ]);
        }, cut(status));
      });
    }
  }
});

Deno.test("a call ends with its signal, and then nobody knows whether it was billed", async (t) => {
  for (const billable of BILLED) {
    await t.step(billable ? "billed" : "free", async () => {
      const asked = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<Response>();
      const hang = (): Promise<Response> => {
        asked.resolve();
        return ended.promise;
      };
      await withServer(hang, async (address) => {
        const controller = new AbortController();
        const { signal } = controller;
        const failure = failureOf(anApi(address).json(aRequest({ billable, signal }), thing));
        await asked.promise;
        controller.abort();
        const { code, ambiguous, message, ownCut } = await failure;
        ended.resolve(new Response());
        assert.deepEqual([code, ambiguous, ownCut], ["timeout", billable, true]);
        assert.match(message, /deadline or a lost lease/);
      });
    });
  }
});

Deno.test("a provider that does not answer in time is a timeout of its own", async () => {
  const ended = Promise.withResolvers<Response>();
  await withServer(() => ended.promise, async (address) => {
    const failure = await failureOf(anApi(address).json(aRequest({ timeoutSeconds: 0 }), thing));
    ended.resolve(new Response());
    const { code, retryable, ambiguous, message, ownCut } = failure;
    assert.deepEqual([code, retryable, ambiguous, ownCut], ["timeout", true, true, false]);
    assert.equal(message, "Acme did not answer in time");
  });
});

Deno.test("a failed call is not repeated", async () => {
  let requests = 0;
  const fail = (): Response => {
    requests++;
    return new Response("{}", { status: 503, headers: { "retry-after": "0" } });
  };
  await withServer(fail, async (address) => {
    await failureOf(anApi(address).json(aRequest(), thing));
  });
  assert.equal(requests, 1);
});

Deno.test("no failure tells our credentials", async () => {
  const echo = ({ headers }: Request): Response =>
    new Response(`Bad key ${headers.get("x-other")}`, { status: 401 });
  await withServer(echo, async (address) => {
    const failures = [
      await failureOf(anApi(address).bytes(aBytesRequest())),
      await failureOf(anApi(closedUrl()).bytes(aBytesRequest())),
    ];
    for (const { message } of failures) assert.ok(!message.includes("secret"), message);
  });
});

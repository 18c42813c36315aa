import assert from "node:assert/strict";
import { anApi, aRequest, thing } from "../../../testing/an_api.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import { contentOf } from "../../../testing/streams.ts";

/** Counts requests, and those that carry our credentials. */
function counter(): {
  readonly count: { requests: number; credentials: number };
  answer(request: Request): Response;
} {
  const count = { requests: 0, credentials: 0 };
  const answer = ({ headers }: Request): Response => {
    count.requests++;
    if (headers.has("authorization")) count.credentials++;
    return Response.json({ thing: "lamp" });
  };
  return { count, answer };
}

/** Serves two addresses: the provider's own, and another. */
function withTwoServers(
  own: (request: Request) => Response,
  other: (request: Request) => Response,
  test: (ownAddress: string, otherAddress: string) => Promise<void>,
): Promise<void> {
  return withServer(own, (address) => withServer(other, (elsewhere) => test(address, elsewhere)));
}

Deno.test("an address out of an answer is asked with our credentials if it is the provider's", async () => {
  const { count, answer } = counter();
  await withServer(answer, async (address) => {
    const request = aRequest({ path: `${address}/jobs/1?id=1`, method: "GET", billable: false });
    const { body } = await anApi(`${address}/v1`).json(request, thing);
    assert.equal(body.thing, "lamp");
  });
  assert.deepEqual(count, { requests: 1, credentials: 1 });
});

Deno.test("an address elsewhere is refused without a request", async (t) => {
  const other = counter();
  await withTwoServers(counter().answer, other.answer, async (address, elsewhere) => {
    const { host } = new URL(address);
    const paths = [
      `${elsewhere}/jobs/1`,
      elsewhere.replace("http://", `http://${host}@`),
      "https://metadata.internal/latest",
      "http://169.254.169.254/latest/meta-data",
      "file:///etc/passwd",
      "data:application/json,{}",
      "jobs/1",
      "",
    ];
    for (const path of paths) {
      await t.step(path.replaceAll(/\d{5}/g, "port"), async () => {
        for (const billable of [true, false]) {
          const request = aRequest({ path, method: "GET", billable });
          const { code, ambiguous } = await failureOf(anApi(address).json(request, thing));
          assert.deepEqual([code, ambiguous], ["provider_unavailable", false]);
        }
      });
    }
  });
  assert.deepEqual(other.count, { requests: 0, credentials: 0 });
});

Deno.test("the known hosts are the provider's, and all of a path stays on the base", async () => {
  const { count, answer } = counter();
  const other = counter();
  await withTwoServers(answer, other.answer, async (address, elsewhere) => {
    const { host } = new URL(elsewhere);
    await anApi(address).json(aRequest({ path: `//${host}/jobs` }), thing);
    await anApi(address).json(aRequest({ path: `/@${host}/jobs` }), thing);
  });
  assert.deepEqual([count.requests, other.count.requests], [2, 0]);
});

Deno.test("a redirect is not followed, and is judged as a response", async (t) => {
  for (const status of [301, 302, 307, 308]) {
    await t.step(String(status), async () => {
      const other = counter();
      let location = "";
      const redirect = (): Response => new Response(null, { status, headers: { location } });
      await withTwoServers(redirect, other.answer, async (address, elsewhere) => {
        location = elsewhere;
        const { code, message } = await failureOf(anApi(address).json(aRequest(), thing));
        assert.equal(code, "provider_rejected");
        assert.ok(message.startsWith(`${status}: `), message);
      });
      assert.equal(other.count.requests, 0);
    });
  }
});

Deno.test("a result is fetched without our credentials", async () => {
  const { count, answer } = counter();
  await withServer(answer, async (address) => {
    const { signal } = new AbortController();
    const output = anApi(`${address}/v1`).output(`${address}/results/1`, signal);
    assert.equal(new TextDecoder().decode(await contentOf(output)), '{"thing":"lamp"}');
  });
  assert.deepEqual(count, { requests: 1, credentials: 0 });
});

Deno.test("a host that the operator has added holds results, and is never told who we are", async () => {
  const resultHosts = ["results.example"];
  const api = anApi("https://api.acme.example", {
    resultHosts,
    lookUpHost: () => Promise.resolve(["127.0.0.1"]),
  });
  const { signal } = new AbortController();
  // The check of the address stays: it is the next that this host meets.
  const result = await failureOf(api.output("https://results.example/1.png", signal).open());
  assert.equal(result.message, "results.example is not on the public internet");
  const request = aRequest({ path: "https://results.example/jobs/1", method: "GET" });
  const { unlistedHost } = await failureOf(api.json(request, thing));
  assert.equal(unlistedHost, "results.example");
});

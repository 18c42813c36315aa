import assert from "node:assert/strict";
import { aBytesRequest, anApi, aRequest, thing } from "../../../testing/an_api.ts";
import { inputFile } from "../../../testing/input_files.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import type { ErrorClassification, ErrorResponse } from "./api.ts";
import { formOf } from "./multipart.ts";

const headers = { "x-acme-id": "req_1", "x-more": "more" };

Deno.test("an answer in JSON is read by its schema, with its headers and its id", async () => {
  const answer = (): Response => Response.json({ thing: "lamp", other: 1 }, { headers });
  await withServer(answer, async (address) => {
    const { body, headers, requestId } = await anApi(address).json(aRequest(), thing);
    assert.deepEqual(body, { thing: "lamp" });
    assert.equal(headers.get("x-more"), "more");
    assert.equal(requestId, "req_1");
  });
});

Deno.test("an answer in bytes is handed over as it is", async () => {
  const bytes = Uint8Array.from([0, 255, 10, 13]);
  await withServer(() => new Response(bytes, { headers }), async (address) => {
    const { body, requestId } = await anApi(address).bytes(aBytesRequest());
    assert.deepEqual(body, bytes);
    assert.equal(requestId, "req_1");
  });
});

Deno.test("an answer without an id has none", async () => {
  await withServer(() => Response.json({ thing: "lamp" }), async (address) => {
    assert.equal((await anApi(address).json(aRequest(), thing)).requestId, undefined);
  });
});

Deno.test("a request is sent once, as it was described, with who we are", async () => {
  const received: unknown[] = [];
  const record = async (request: Request): Promise<Response> => {
    received.push([
      request.method,
      new URL(request.url).pathname,
      request.headers.get("authorization"),
      request.headers.get("content-type"),
      await request.text(),
    ]);
    return Response.json({ thing: "lamp" });
  };
  await withServer(record, async (address) => {
    const api = anApi(`${address}/v1`);
    const json = { "content-type": "application/json" };
    await api.json(aRequest({ headers: json, body: '{"a":1}' }), thing);
    await api.json(aRequest({ path: "/things/1?b=2", method: "GET" }), thing);
  });
  assert.deepEqual(received, [
    ["POST", "/v1/things", "Bearer secret", "application/json", '{"a":1}'],
    ["GET", "/v1/things/1", "Bearer secret", null, ""],
  ]);
});

Deno.test("a request cannot stand in for who we are", async () => {
  const tell = ({ headers }: Request): Response =>
    Response.json({ thing: headers.get("authorization") });
  await withServer(tell, async (address) => {
    const request = aRequest({ headers: { authorization: "Bearer other" } });
    assert.equal((await anApi(address).json(request, thing)).body.thing, "Bearer secret");
  });
});

Deno.test("a form is sent with its boundary and its files", async () => {
  const tell = async (request: Request): Promise<Response> => {
    const form = await request.formData();
    const file = form.get("file");
    assert.ok(file instanceof File);
    return Response.json({ thing: `${form.get("a")} ${file.name} ${file.type} ${file.size}` });
  };
  await withServer(tell, async (address) => {
    const file = inputFile(new Uint8Array(7), "image/png", "png");
    const body = formOf({ a: 1 }, { file });
    const answer = await anApi(address).json(aRequest({ body }), thing);
    assert.equal(answer.body.thing, "1 file.png image/png 7");
  });
});

Deno.test("a response is judged by its status, body and headers, and keeps its id", async (t) => {
  const cases: readonly (readonly [name: string, response: () => Response, body: unknown])[] = [
    ["JSON", () => Response.json({ error: "no" }, { status: 422, headers }), { error: "no" }],
    ["text", () => new Response(" Not here\n", { status: 404, headers }), "Not here"],
    ["nothing", () => new Response(null, { status: 500, headers }), ""],
    ["half of JSON", () => new Response('{"error":', { status: 400, headers }), '{"error":'],
  ];
  for (const [name, response, body] of cases) {
    await t.step(name, async () => {
      const judged: ErrorResponse[] = [];
      const classify = (response: ErrorResponse): ErrorClassification => {
        judged.push(response);
        return { code: "content_refused", message: "words" };
      };
      await withServer(response, async (address) => {
        const { status } = response();
        const { json, bytes } = anApi(address, { classify });
        const failures = [
          await failureOf(json(aRequest(), thing)),
          await failureOf(bytes(aBytesRequest({ billable: false }))),
        ];
        for (const { code, message, providerRequestId, ambiguous } of failures) {
          assert.deepEqual([code, message, providerRequestId, ambiguous], [
            "content_refused",
            `${status}: words`,
            "req_1",
            false,
          ]);
        }
        assert.deepEqual(judged.map(({ status, body, billable }) => [status, body, billable]), [
          [status, body, true],
          [status, body, false],
        ]);
        assert.equal(judged[0]?.headers.get("x-more"), "more");
      });
    });
  }
});

Deno.test("what a verdict says counts, and else the header when to come back", async (t) => {
  const cases: readonly (readonly [
    name: string,
    verdict: Partial<ErrorClassification>,
    expected: unknown[],
  ])[] = [
    ["nothing", {}, [7, false, true]],
    ["another wait", { retryAfterSeconds: 60 }, [60, false, true]],
    ["an outcome", { ambiguous: true }, [7, true, true]],
    ["the end", { final: true }, [7, false, false]],
  ];
  const busy = (): Response => new Response("", { status: 503, headers: { "retry-after": "7" } });
  for (const [name, verdict, expected] of cases) {
    await t.step(name, async () => {
      await withServer(busy, async (address) => {
        const classify = (): ErrorClassification => ({
          code: "provider_unavailable",
          message: "",
          ...verdict,
        });
        const failure = await failureOf(anApi(address, { classify }).bytes(aBytesRequest()));
        const { retryAfterSeconds, ambiguous, retryable } = failure;
        assert.deepEqual([retryAfterSeconds, ambiguous, retryable], expected);
      });
    });
  }
});

Deno.test("a response under a status of success is one, too", async () => {
  const isErrorBody = (body: unknown): boolean => JSON.stringify(body).includes("no");
  const answer = ({ url }: Request): Response =>
    Response.json({ thing: url.endsWith("/no") ? "no" : "lamp" }, { headers });
  await withServer(answer, async (address) => {
    const api = anApi(address, { isErrorBody });
    const failure = await failureOf(api.json(aRequest({ path: "/no" }), thing));
    assert.deepEqual([failure.code, failure.message, failure.providerRequestId], [
      "provider_rejected",
      '200: {"thing":"no"}',
      "req_1",
    ]);
    assert.equal((await api.json(aRequest(), thing)).body.thing, "lamp");
  });
});

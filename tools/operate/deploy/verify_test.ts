import assert from "node:assert/strict";
import { verify } from "./verify.ts";

const HEALTHY = Response.json({ status: "ok" });
const REFUSED = { error: "unauthorized", message: "Missing API key" };

async function verifyWith(
  answer: (path: string, request: Request) => Response,
  secret?: string,
): Promise<void> {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(new URL(request.url).pathname, request),
  );
  try {
    await verify(`http://127.0.0.1:${server.addr.port}`, secret, []);
  } finally {
    await server.shutdown();
  }
}

Deno.test("a backend that is healthy and refuses strangers is verified", async () => {
  await verifyWith((path) =>
    path.endsWith("health") ? HEALTHY.clone() : Response.json(REFUSED, { status: 401 })
  );
});

Deno.test("one whose submits an operator has paused is verified, too", async () => {
  await verifyWith((path) =>
    path.endsWith("health")
      ? Response.json({ error: "unavailable", message: "Back at noon (submits_paused)" }, {
        status: 503,
      })
      : Response.json(REFUSED, { status: 401 })
  );
});

Deno.test("one that is not is told of, with its answer", async (t) => {
  const cases: readonly [name: string, answer: (path: string) => Response, words: RegExp][] = [
    ["not healthy", () => new Response("away", { status: 503 }), /health answers 503: away/],
    [
      "open to all",
      (path) => path.endsWith("health") ? HEALTHY.clone() : Response.json({}, { status: 202 }),
      /text-to-image answers 202 to a request without a key/,
    ],
    [
      "refused by the platform instead",
      (path) =>
        path.endsWith("health") ? HEALTHY.clone() : Response.json({ code: 401 }, { status: 401 }),
      /answers 401 to a request without a key: \{"code":401\}/,
    ],
  ];
  for (const [name, answer, words] of cases) {
    await t.step(name, () => assert.rejects(verifyWith(answer), words));
  }
});

Deno.test("the reason of an ill backend is asked for with the worker's secret", async (t) => {
  const cases: readonly (readonly [secret: string | undefined, words: RegExp])[] = [
    ["a-secret", /answers 503: A queue is missing/],
    [undefined, /answers 503: try again/],
  ];
  for (const [secret, words] of cases) {
    await t.step(`${secret}`, async () => {
      const answer = (_: string, { headers }: Request): Response =>
        new Response(headers.get("apikey") === "a-secret" ? "A queue is missing" : "try again", {
          status: 503,
        });
      await assert.rejects(verifyWith(answer, secret), words);
    });
  }
});

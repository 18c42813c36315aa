import assert from "node:assert/strict";
import { MakeIt3D } from "./client.ts";
import { MakeIt3DError, RefusedError } from "./errors.ts";
import { DrivenClock, keptItems, TOKEN } from "./testing.ts";

type Does = (request: FakeRequest) => void;

/** A platform's XMLHttpRequest, which does what a test says when it is sent. */
class FakeRequest extends EventTarget {
  static does: Does = () => {};
  static readonly sent: FakeRequest[] = [];
  readonly upload = new EventTarget();
  status = 0;
  responseText = "";
  readonly headers = new Headers();
  readonly answered = new Headers();
  opened = "";
  body: unknown;
  isAborted = false;

  open(method: string, url: string): void {
    this.opened = `${method} ${url}`;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.answered.get(name);
  }

  send(body: unknown): void {
    this.body = body;
    FakeRequest.sent.push(this);
    FakeRequest.does(this);
  }

  abort(): void {
    this.isAborted = true;
    this.dispatchEvent(new Event("loadend"));
  }

  /** The connection breaks, or takes too long. */
  fail(): void {
    this.dispatchEvent(new Event("loadend"));
  }

  /** So many bytes are sent. */
  tell(loaded: number): void {
    this.upload.dispatchEvent(new ProgressEvent("progress", { loaded }));
  }

  answer(status: number, body: unknown = {}): void {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.dispatchEvent(new Event("load"));
    this.dispatchEvent(new Event("loadend"));
  }
}

/** A client where the platform has XMLHttpRequest, with the app's own `fetch` or none. */
async function withRequests(
  does: Does,
  work: (client: MakeIt3D, clock: DrivenClock) => Promise<void>,
  own: { readonly fetch?: typeof fetch } = {},
): Promise<readonly FakeRequest[]> {
  FakeRequest.does = does;
  FakeRequest.sent.length = 0;
  Reflect.set(globalThis, "XMLHttpRequest", FakeRequest);
  const clock = new DrivenClock();
  const project = { url: "https://ref.supabase.co", apiKey: "key", publishableKey: "public" };
  const accessToken = (refused?: string) => Promise.resolve(refused ? `${TOKEN}renewed` : TOKEN);
  try {
    const options = { ...project, accessToken, storage: keptItems(), ...own };
    await work(new MakeIt3D(options, clock), clock);
  } finally {
    Reflect.deleteProperty(globalThis, "XMLHttpRequest");
  }
  return [...FakeRequest.sent];
}

const file = new Blob([new Uint8Array(100).fill(1)], { type: "image/png" });

Deno.test("a listener is told what the platform's request tells", async () => {
  const told: number[][] = [];
  const [request] = await withRequests((request) => {
    for (const loaded of [30, 70, 100]) request.tell(loaded);
    request.answer(200);
  }, async (client) => {
    const { url } = await client.upload(file, { onUpload: (...sums) => told.push(sums) });
    assert.match(url, /^https:\/\/ref\.supabase\.co\/storage\/.+\/inputs\/user-1\/[\w-]+$/);
  });
  assert.deepEqual(told, [[0, 100], [30, 100], [70, 100], [100, 100]]);
  assert.match(
    request?.opened ?? "",
    /^POST https:\/\/ref.*\/storage\/v1\/object\/inputs\/user-1\//,
  );
  assert.ok(request?.body instanceof ArrayBuffer && request.body.byteLength === 100);
  assert.deepEqual(Object.fromEntries(request.headers), {
    "apikey": "public",
    "authorization": `Bearer ${TOKEN}`,
    "content-type": "image/png",
    "x-upsert": "true",
  });
});

Deno.test("where nobody listens, or the app has a fetch of its own, that is used", async () => {
  const platformFetch = globalThis.fetch;
  let fetched = 0;
  const counting = (): Promise<Response> => (fetched++, Promise.resolve(Response.json({})));
  await withRequests(() => assert.fail(), async (client) => {
    await client.upload(file, { onUpload: () => {} });
  }, { fetch: counting });
  assert.equal(fetched, 1);
  globalThis.fetch = counting;
  try {
    await withRequests(() => assert.fail(), async (client) => {
      await client.upload(file);
    });
  } finally {
    globalThis.fetch = platformFetch;
  }
  assert.equal(fetched, 2);
});

const EXPIRED = {
  statusCode: "403",
  error: "Unauthorized",
  message: '"exp" claim timestamp check failed',
};

Deno.test("a token that is refused is renewed, a lost connection tried again, from its start", async (t) => {
  const refusals: Record<string, Does> = {
    "as functions refuse it": (request) => request.answer(401),
    "as Storage does": (request) => request.answer(400, EXPIRED),
  };
  for (const [name, refuse] of Object.entries(refusals)) {
    await t.step(name, async () => {
      const steps: Does[] = [
        refuse,
        (request) => {
          request.tell(60);
          request.fail();
        },
        (request) => request.answer(200),
      ];
      const told: number[] = [];
      const next: Does = (request) => steps.shift()?.(request);
      const sent = await withRequests(next, async (client, clock) => {
        await client.upload(file, { onUpload: (sent) => told.push(sent) });
        assert.equal(clock.slept.length, 1);
      });
      const areRenewed = sent.map(({ headers }) =>
        headers.get("authorization")?.endsWith("renewed")
      );
      assert.deepEqual(areRenewed, [false, true, false]);
      assert.deepEqual(told, [0, 60, 0, 100]);
    });
  }
});

Deno.test("a refusal is the same error as ever", async () => {
  const refuse: Does = (request) => {
    request.answered.set("retry-after", "90");
    request.answer(429, { error: "rate_limited", message: "Later" });
  };
  await withRequests(refuse, async (client) => {
    const work = client.upload(file, { onUpload: () => {} });
    await assert.rejects(work, (error) => {
      assert.ok(error instanceof RefusedError);
      const { code, status, retryAfterSeconds } = error;
      assert.deepEqual([code, status, retryAfterSeconds], ["rate_limited", 429, 90]);
      return true;
    });
  });
});

Deno.test("an abort ends the request, and nothing is sent again or submitted", async () => {
  const abort = new AbortController();
  const sent = await withRequests(() => abort.abort(), async (client) => {
    const request = { provider: "stability", image: file } as const;
    const options = { signal: abort.signal, onUpload: () => {} };
    await assert.rejects(client.generate("remove-background", request, options), (error) => {
      assert.ok(error instanceof MakeIt3DError);
      assert.equal(error.code, "canceled");
      return true;
    });
  });
  assert.deepEqual(sent.map(({ isAborted }) => isAborted), [true]);
});

import fc from "fast-check";
import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import { acceptedBody, errorBody } from "../../../shared/contract/responses.ts";
import { blobSource } from "../../../shared/inputs/byte_source.ts";
import type { FileVersion } from "../../../shared/storage/file_version.ts";
import { rejectByLimit } from "../../../shared/tasks/reject_by_limit.ts";
import { pairs, strangeBodies, validBodies } from "../../../testing/arbitrary_requests.ts";
import type { GenerationDependencies } from "./app.ts";
import { fresh, ID, KEY, minimal, OPERATOR_SECRET, setup, USER } from "./testing.ts";

Deno.test(
  "a new request is accepted with the body of the contract, and wakes the worker",
  async () => {
    const { post, effects } = setup();
    const response = await post();
    assert.equal(response.status, 202);
    const body = await response.json();
    assert.deepEqual(body, {
      celery_task_id: ID,
      task_id: "task-1",
      status: "pending",
      status_url: `https://project.example/functions/v1/tasks/${ID}/status`,
      warnings: [],
    });
    acceptedBody.parse(body);
    assert.equal(response.headers.get("idempotency-replayed"), null);
    assert.equal(effects.wakes, 1);
    assert.deepEqual(effects.submits, [
      [
        { prompt: "a clay robot", n: 1, size: "1024x1024" },
        { userId: USER, plan: "free", apiKeyId: KEY, requestId: "request-1", inputs: [] },
      ],
    ]);
  },
);

Deno.test("a replay is told in a header and wakes nobody", async () => {
  const { post, effects } = setup({
    submission: { ...fresh, status: "complete", replayed: true, wake: false },
  });
  const response = await post();
  assert.equal(response.status, 202);
  assert.equal(response.headers.get("idempotency-replayed"), "true");
  const { celery_task_id, status } = await response.json();
  assert.deepEqual([celery_task_id, status], [ID, "complete"]);
  assert.equal(effects.wakes, 0);
});

Deno.test("warnings are handed to the client", async () => {
  const response = await setup().post(undefined, { ...minimal, style: "vivid", quality: "hd" });
  const { warnings } = await response.json();
  assert.deepEqual(
    warnings.map((text: string) => text.split(":")[0]),
    ["style", "quality"],
  );
});

Deno.test("another request under a used task_id is a 409 that names the fields", async () => {
  const { post, effects } = setup({ submission: { ...fresh, conflicts: ["prompt", "n"] } });
  const response = await post();
  assert.equal(response.status, 409);
  const { error, message, details } = await response.json();
  assert.equal(error, "task_id_conflict");
  assert.match(message, /^task_id "task-1" belongs to another request .*differs in prompt, n\./);
  assert.deepEqual(
    details.map(({ field }: { field: string }) => field),
    ["prompt", "n"],
  );
  assert.equal(effects.wakes, 0);
});

Deno.test("what is refused is not submitted and wakes nobody", async (t) => {
  const unauthorized = (): Promise<never> =>
    Promise.reject(new ApiError("unauthorized", "Missing or invalid token"));
  const cases: readonly (readonly [
    name: string,
    status: number,
    changes: Parameters<typeof setup>[0],
    path?: string | undefined,
    body?: unknown,
  ])[] = [
    ["stranger", 401, { authenticate: unauthorized }],
    ["stranger at an unknown operation", 401, { authenticate: unauthorized }, "/generation/x"],
    ["unknown operation", 404, {}, "/generation/text-to-video"],
    ["operation of the language's own", 404, {}, "/generation/constructor"],
    ["key without permission", 403, { allowedOperations: ["refine-model"] }],
    ["key without any permission", 403, { allowedOperations: [] }],
    ["provider without a key", 503, { isAvailable: () => false }],
    ["call that no isolate lives through", 503, { isolateSeconds: 138 }],
    ["bad field", 400, {}, undefined, { ...minimal, n: 9 }],
    ["unsupported provider", 400, {}, undefined, { ...minimal, provider: "tripo" }],
    ["too large", 413, {}, undefined, { ...minimal, prompt: "x".repeat(270_000) }],
  ];
  for (const [name, status, changes, path, body] of cases) {
    await t.step(`${name}: ${status}`, async () => {
      const { post, effects } = setup(changes);
      const response = await post(path, body);
      assert.equal(response.status, status);
      assert.equal(response.headers.has("retry-after"), status === 503);
      assert.deepEqual(effects, { submits: [], wakes: 0 });
    });
  }
});

Deno.test("a key with the permission may submit", async () => {
  assert.equal((await setup({ allowedOperations: ["text-to-image"] }).post()).status, 202);
});

Deno.test("the body of a 403 is that of the API guide", async () => {
  const response = await setup({ allowedOperations: [] }).post();
  assert.deepEqual(await response.json(), { error: "forbidden", message: "Access denied" });
});

Deno.test("a limit that is reached is a 429 that says when to come back", async () => {
  const { post, effects } = setup({
    submit: () =>
      Promise.reject(
        rejectByLimit({
          exceededLimit: "submits_per_minute",
          allowed: 30,
          retryAfterSeconds: 17,
        }),
      ),
    findReplay: () => assert.fail("Looked up again what the submit has looked up"),
  });
  const response = await post();
  assert.deepEqual([response.status, response.headers.get("retry-after")], [429, "17"]);
  assert.deepEqual(await response.json(), {
    error: "rate_limited",
    message: "Limit of 30 submits a minute for each user reached; try again in 17 s",
    request_id: "request-1",
  });
  assert.equal(effects.wakes, 0);
});

Deno.test("an unknown operation is named with the known ones", async () => {
  const response = await setup().post("/generation/text-to-video");
  assert.match((await response.json()).message, /"text-to-video"; known: .*text-to-image/);
});

Deno.test("other methods are a 405 that names the right one", async (t) => {
  const cases = [
    ["GET", "/generation/text-to-image", "POST"],
    ["POST", "/generation/health", "GET"],
    ["POST", "/generation/metrics", "GET"],
  ] as const;
  for (const [method, path, allowed] of cases) {
    await t.step(`${method} ${path}`, async () => {
      const response = await setup().request(path, { method });
      assert.deepEqual([response.status, response.headers.get("allow")], [405, allowed]);
    });
  }
});

Deno.test("health needs no token, and tells the operator more than strangers", async (t) => {
  const authenticate = (): Promise<never> => Promise.reject(new ApiError("unauthorized", "x"));
  const all = {
    status: "ok",
    versions: { backend: "2", postgres: "17", pgmq: "1.5" },
    problems: [],
  };
  const cases: readonly (readonly [secret: string | undefined, body: unknown])[] = [
    [undefined, { status: "ok" }],
    ["", { status: "ok" }],
    ["sb_publishable_key", { status: "ok" }],
    [OPERATOR_SECRET.slice(1), { status: "ok" }],
    [OPERATOR_SECRET, all],
    ["the-secret-of-before", all],
  ];
  for (const [secret, body] of cases) {
    await t.step(`${secret}`, async () => {
      for (const headers of secretHeaders(secret)) {
        const response = await setup({ authenticate }).request("/generation/health", { headers });
        assert.equal(response.status, 200);
        assert.deepEqual(await response.json(), body);
      }
    });
  }
  await t.step("a 503", async () => {
    const check = (): Promise<never> =>
      Promise.reject(new ApiError("unavailable", "The database cannot be reached"));
    const ill = await setup({ check }).request("/generation/health");
    assert.equal(ill.status, 503);
    assert.equal((await ill.json()).error, "unavailable");
  });
});

/** Each way in which a secret may come. */
function secretHeaders(secret: string | undefined): Record<string, string>[] {
  return secret === undefined ? [{}] : [{ apikey: secret }, { authorization: `Bearer ${secret}` }, {
    apikey: "sb_publishable_key",
    authorization: `bearer ${secret}`,
  }];
}

Deno.test("metrics are for the operator alone, as text", async (t) => {
  const readMetrics = (): Promise<string> => Promise.resolve("up 1\n");
  for (const secret of [OPERATOR_SECRET, "the-secret-of-before"]) {
    for (const headers of secretHeaders(secret)) {
      const response = await setup({ readMetrics }).request("/generation/metrics", { headers });
      assert.equal(response.status, 200);
      assert.equal(
        response.headers.get("content-type"),
        "text/plain; version=0.0.4; charset=utf-8",
      );
      assert.equal(await response.text(), "up 1\n");
    }
  }
  const strangers = [undefined, "", "sb_publishable_key", OPERATOR_SECRET.slice(1)];
  for (const secret of strangers) {
    await t.step(`${secret}`, async () => {
      for (const headers of secretHeaders(secret)) {
        const response = await setup().request("/generation/metrics", { headers });
        assert.equal(response.status, 401);
        const message = "Missing or invalid worker secret";
        assert.deepEqual(await response.json(), { error: "unauthorized", message });
      }
    });
  }
});

Deno.test("other users' tasks are warned of, and the request is kept as it came", async () => {
  const { post, effects } = setup({
    ownsProviderTask: (userId, task) => {
      assert.deepEqual([userId, task], [USER, "not-mine"]);
      return Promise.resolve(false);
    },
  });
  const response = await post("/generation/refine-model", {
    task_id: "task-1",
    provider: "tripo",
    prompt: "older",
    input_model_asset_url: "https://project.example/storage/v1/object/public/inputs/a.glb",
    draft_model_task_id: "not-mine",
  });
  const { warnings, details } = await response.json();
  assert.equal(response.status, 202, JSON.stringify(details));
  assert.equal(warnings[0], "draft_model_task_id: none of your tasks; ignored");
  assert.match(JSON.stringify(effects.submits), /"draft_model_task_id":"not-mine"/);
});

Deno.test("the input files are submitted with the task as they were checked", async () => {
  const { post, effects } = setup();
  const url = "https://project.example/storage/v1/object/public/inputs/a%3Fb.png";
  await post("/generation/image-to-model", {
    task_id: "task-1",
    provider: "tripo",
    input_image_asset_urls: [url, url],
  });
  const file = { bucket: "inputs", path: "a?b.png", bytes: 7, etag: "e1", version: "v1" };
  const callers = effects.submits.map((submit) => Array.isArray(submit) && submit[1]);
  assert.deepEqual(callers, [{
    userId: USER,
    plan: "free",
    apiKeyId: KEY,
    requestId: "request-1",
    inputs: [file, file],
  }]);
});

Deno.test("files are checked as they were located, and what fails is accepted only as a replay", async (t) => {
  const body = {
    ...minimal,
    input_image_asset_url: "https://project.example/storage/v1/object/sign/in/a.png?token=x",
  };
  const find: GenerationDependencies["assets"]["find"] = (object, userId) => {
    assert.equal(userId, USER);
    assert.deepEqual(object, { bucket: "in", path: "a.png" });
    return Promise.resolve(undefined);
  };
  await t.step("new", async () => {
    const { post, effects } = setup({ find });
    const response = await post("/generation/image-to-image", body);
    assert.deepEqual([response.status, (await response.json()).error], [400, "invalid_asset"]);
    assert.deepEqual(effects, { submits: [], wakes: 0 });
  });
  await t.step("a replay", async () => {
    const findReplay: GenerationDependencies["tasks"]["findReplay"] = (command, userId) => {
      assert.equal(userId, USER);
      assert.ok(!JSON.stringify(command).includes("token"));
      return Promise.resolve({ ...fresh, replayed: true, wake: false });
    };
    const { post, effects } = setup({ find, findReplay });
    assert.equal((await post("/generation/image-to-image", body)).status, 202);
    assert.deepEqual(effects, { submits: [], wakes: 0 });
  });
});

Deno.test("the document of the API needs no token", async () => {
  const authenticate = (): Promise<never> => Promise.reject(new ApiError("unauthorized", "x"));
  const response = await setup({ authenticate }).request("/generation/openapi.json");
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  const { servers } = await response.json();
  assert.deepEqual(servers, [{ url: "https://project.example/functions/v1" }]);
});

Deno.test("what the operator does not allow is taken down, and the client is told", async () => {
  const sent: unknown[] = [];
  const { post } = setup({
    mostOf: (provider) => provider === "flux" ? { safety_tolerance: 2 } : undefined,
    submit: ({ parameters }) => {
      sent.push(parameters["safety_tolerance"]);
      return Promise.resolve(fresh);
    },
  });
  const image = `https://project.example/storage/v1/object/public/inputs/${USER}/a.png`;
  const warnings: unknown[] = [];
  for (const safety_tolerance of [0, 2, 3, 6]) {
    const response = await post("/generation/image-to-image", {
      ...minimal,
      provider: "flux",
      input_image_asset_url: image,
      safety_tolerance,
    });
    assert.equal(response.status, 202);
    warnings.push((await response.json()).warnings);
  }
  const warning = "safety_tolerance: at most 2 is allowed here; sent as 2";
  assert.deepEqual([sent, warnings], [[0, 2, 2, 2], [[], [], [warning], [warning]]]);
});

Deno.test("a task is counted with those of the model that the operator has chosen", async () => {
  const pools: string[] = [];
  const { post } = setup({
    modelOf: (provider) => provider === "flux" ? "flux-kontext-max" : undefined,
    submit: ({ pool }) => {
      pools.push(pool);
      return Promise.resolve(fresh);
    },
  });
  const image = `https://project.example/storage/v1/object/public/inputs/${USER}/a.png`;
  await post("/generation/image-to-image", {
    ...minimal,
    provider: "flux",
    input_image_asset_url: image,
  });
  await post();
  assert.deepEqual(pools, ["kontext-max", "default"]);
});

/** A body of any pair, as text, with some of its bytes changed. */
const brokenBytes = fc.constantFrom(...pairs).chain((pair) =>
  fc.tuple(
    fc.constant(pair.operation),
    fc.oneof(validBodies(pair), strangeBodies(pair)),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
  )
).map(([operation, body, changes]) => {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
  return { operation, bytes };
});

Deno.test("whatever bytes are sent, the answer is an acceptance or a refusal", async () => {
  const { request } = setup();
  const headers = { "content-type": "application/json" };
  const property = fc.asyncProperty(brokenBytes, async ({ operation, bytes }) => {
    const init = { method: "POST", headers, body: bytes };
    const response = await request(`/generation/${operation}`, init);
    const body = await response.json();
    if (response.status === 202) return void acceptedBody.parse(body);
    assert.ok(response.status >= 400 && response.status < 500, JSON.stringify(body));
    errorBody.parse(body);
  });
  await fc.assert(property, { numRuns: 100 });
});

Deno.test("refused submits cost a bounded number of look-ups, and accepted ones are not counted", async (t) => {
  const url = (name: string): string =>
    `https://project.example/storage/v1/object/public/inputs/${name}.png`;
  const views = {
    task_id: "task-1",
    provider: "tripo",
    input_image_asset_urls: ["front", "left", "back", "right"].map(url),
  };
  const path = "/generation/image-to-model";

  /** Five may be refused; each looks up four files, two of them with a read of their beginning. */
  function counting(find: GenerationDependencies["assets"]["find"]) {
    const lookUps = { files: 0, reads: 0 };
    const app = setup({
      refusalsPerMinute: 5,
      find: (object, userId) => {
        lookUps.files++;
        return find(object, userId);
      },
      open: () => {
        lookUps.reads++;
        return blobSource(new Blob(["no image"]));
      },
    });
    return { ...app, lookUps };
  }
  const picture = (): Promise<FileVersion> => Promise.resolve({ bytes: 7 });
  const statuses = (answers: readonly Response[]): readonly number[] =>
    answers.map(({ status }) => status).sort();

  await t.step("one after the other", async () => {
    const { post, lookUps } = counting(picture);
    const answers: Response[] = [];
    for (let time = 0; time < 20; time++) answers.push(await post(path, views));
    assert.deepEqual(statuses(answers), [...Array(5).fill(400), ...Array(15).fill(429)]);
    assert.deepEqual(lookUps, { files: 20, reads: 20 });
    const last = answers.at(-1);
    const { error, message } = errorBody.parse(await last?.json());
    assert.equal(error, "rate_limited");
    assert.match(
      message,
      /^Limit of 5 refused submits a minute for each user reached; try again in 1/,
    );
    assert.equal(last?.headers.get("retry-after"), "12");
  });

  await t.step("many at once", async () => {
    const { post, lookUps } = counting(picture);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(path, views)));
    assert.deepEqual(statuses(answers), [...Array(5).fill(400), ...Array(15).fill(429)]);
    assert.deepEqual(lookUps, { files: 20, reads: 20 });
  });

  await t.step("whatever they are refused for", async () => {
    const { post, request, lookUps } = counting(picture);
    await post(path, { ...views, provider: "nobody" });
    await post("/generation/nothing", views);
    await request(path, { method: "POST", body: "{" });
    await post(path, views);
    await post("/generation/text-to-image", { ...minimal, n: 100 });
    assert.equal((await post(path, views)).status, 429);
    assert.equal((await post()).status, 429, "also a good one, for the moment");
    assert.deepEqual(lookUps, { files: 4, reads: 4 });
  });

  await t.step("good ones, and what fails by our fault, are free", async () => {
    let isAway = false;
    const { post, effects } = counting(() =>
      isAway ? Promise.reject(new Error("The database is away")) : picture()
    );
    for (let time = 0; time < 20; time++) assert.equal((await post()).status, 202);
    isAway = true;
    for (let time = 0; time < 20; time++) assert.equal((await post(path, views)).status, 500);
    assert.equal((await post()).status, 202);
    assert.equal(effects.submits.length, 21);
  });
});

import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import { dryRunBody, errorBody } from "../../../shared/contract/responses.ts";
import { rejectSubmit } from "../../../shared/tasks/reject_submit.ts";
import type { UserQuota } from "../../../shared/tasks/user_quota.ts";
import { type Changes, fresh, ID, KEY, minimal, type Setup, setup, USER } from "./testing.ts";

const PATH = "/generation/text-to-image?dry_run=true";
const quota: UserQuota = {
  plan: "free",
  resets_at: new Date("2026-11-29T00:00:00Z"),
  images: { used: 1, allowed: 10 },
  models: { used: 0, allowed: 2 },
  usd: { used: 0.053, allowed: 0.5 },
  active_tasks: { used: 1, allowed: 2 },
  submits_per_minute: 5,
};
const account = {
  plan: "free",
  resets_at: "2026-11-29T00:00:00.000Z",
  images: { used: 1, allowed: 10, left: 9 },
  models: { used: 0, allowed: 2, left: 2 },
  usd: { used: 0.053, allowed: 0.5, left: 0.447 },
  active_tasks: { used: 1, allowed: 2, left: 1 },
  submits_per_minute: 5,
};

/** An app whose database would accept anything, about 30 s from now. */
function dry(changes: Changes = {}): Setup & { asked: unknown[] } {
  const asked: unknown[] = [];
  const app = setup({
    dryRun: (command, submitter) => {
      asked.push([command.parameters, submitter]);
      return Promise.resolve({ replay: undefined, expectedStartSeconds: 30 });
    },
    quota: (userId, plan) => {
      assert.deepEqual([userId, plan], [USER, "free"]);
      return Promise.resolve(quota);
    },
    submit: () => assert.fail("Submitted"),
    ...changes,
  });
  return { ...app, asked };
}

Deno.test("a dry run is decided as a submit, and leaves nothing behind", async () => {
  const { post, effects, lines, asked } = dry();
  const response = await post(PATH, { ...minimal, style: "vivid" });
  assert.equal(response.status, 200);
  const body = dryRunBody.parse(await response.json());
  const { estimate_usd, warnings, ...rest } = body;
  assert.deepEqual(rest, { dry_run: true, expected_start_seconds: 30, quota: account });
  assert.ok(estimate_usd >= 0);
  assert.deepEqual(warnings.map((text) => text.split(":")[0]), ["style"]);
  assert.deepEqual(asked, [[
    { prompt: "a clay robot", style: "vivid", n: 1, size: "1024x1024" },
    { userId: USER, plan: "free", apiKeyId: KEY, requestId: "request-1", inputs: [] },
  ]]);
  assert.equal(effects.wakes, 0);
  assert.deepEqual(lines.map(({ event }) => event), ["request"]);
});

Deno.test("the content of a dry run is not moderated", async () => {
  const moderate = (): Promise<never> => Promise.reject(new ApiError("content_refused", "No"));
  assert.equal((await dry({ moderate }).post(PATH)).status, 200);
  assert.equal((await setup({ moderate }).post()).status, 400);
});

Deno.test("a dry run of what was accepted before costs nothing, and names its task", async (t) => {
  const replay = { ...fresh, replayed: true, wake: false };
  const image = "https://project.example/storage/v1/object/public/inputs/gone.png";
  await t.step("found by the database", async () => {
    const response = await dry({
      dryRun: () => Promise.resolve({ replay, expectedStartSeconds: 0 }),
    }).post(PATH);
    assert.equal(response.status, 200);
    const { replayed, celery_task_id, estimate_usd } = dryRunBody.parse(await response.json());
    assert.deepEqual([replayed, celery_task_id, estimate_usd], [true, ID, 0]);
  });
  await t.step("although its input is gone", async () => {
    const response = await dry({
      find: () => Promise.resolve(undefined),
      findReplay: () => Promise.resolve(replay),
      dryRun: () => assert.fail("Known already"),
    }).post("/generation/image-to-image?dry_run=true", {
      ...minimal,
      input_image_asset_url: image,
    });
    assert.equal(response.status, 200);
    assert.equal(dryRunBody.parse(await response.json()).celery_task_id, ID);
  });
  await t.step("and as another request it is a conflict", async () => {
    const response = await dry({
      dryRun: () =>
        Promise.resolve({ replay: { ...replay, conflicts: ["n"] }, expectedStartSeconds: 0 }),
    }).post(PATH);
    assert.deepEqual([response.status, (await response.json()).error], [409, "task_id_conflict"]);
  });
});

Deno.test("a refusal of a dry run is the same as of a submit", async (t) => {
  const paused = { exceededLimit: "submits_paused", pauseMessage: "Back soon" } as const;
  const refused = (): Promise<never> =>
    Promise.reject(
      rejectSubmit({ ...paused, retryAfterSeconds: 60 }, {
        provider: "openai",
        resultCount: 1,
        estimateUsd: 0,
      }),
    );
  const cases: readonly (readonly [name: string, changes: Changes, body?: unknown])[] = [
    ["a bad field", {}, { ...minimal, n: 9 }],
    ["no object", {}, null],
    ["a provider without a key", { isAvailable: () => false }],
    ["a key without permission", { allowedOperations: [] }],
    ["what the database refuses", { dryRun: refused, submit: refused }],
  ];
  for (const [name, changes, body = minimal] of cases) {
    await t.step(name, async () => {
      const [dryRun, submit] = await Promise.all([
        dry(changes).post(PATH, body),
        setup(changes).post("/generation/text-to-image", body),
      ]);
      assert.equal(dryRun.status, submit.status);
      assert.ok(submit.status >= 400);
      assert.equal(dryRun.headers.get("retry-after"), submit.headers.get("retry-after"));
      assert.deepEqual(await dryRun.json(), await submit.json());
    });
  }
});

Deno.test("dry_run is true or false, once, and nothing is submitted for anything else", async (t) => {
  for (
    const query of ["", "1", "yes", "TRUE", "true%20", "true&dry_run=false", "true&dry_run=true"]
  ) {
    await t.step(`dry_run=${query}`, async () => {
      const { post, effects, asked } = dry();
      const response = await post(`/generation/text-to-image?dry_run=${query}`);
      const { error, details } = errorBody.parse(await response.json());
      assert.deepEqual([response.status, error], [400, "invalid_request"]);
      assert.deepEqual(details?.map(({ field }) => field), ["dry_run"]);
      assert.deepEqual([effects.wakes, asked], [0, []]);
    });
  }
  await t.step("false is a submit", async () => {
    const { post, effects } = setup();
    assert.equal((await post("/generation/text-to-image?dry_run=false")).status, 202);
    assert.equal(effects.submits.length, 1);
  });
});

Deno.test("refused dry runs count among the refused requests, and others do not", async () => {
  const { post } = dry({ refusalsPerMinute: 3 });
  for (let time = 0; time < 10; time++) assert.equal((await post(PATH)).status, 200);
  for (let time = 0; time < 3; time++) {
    assert.equal((await post(PATH, { ...minimal, n: 100 })).status, 400);
  }
  assert.equal((await post(PATH)).status, 429);
});

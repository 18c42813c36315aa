import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { Outlook } from "../../../shared/contract/outlook.ts";
import { statusBody } from "../../../shared/contract/responses.ts";
import type { TaskView } from "../../../shared/tasks/task.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import type { TasksStatusDependencies } from "./app.ts";
import { ask, type Changes, ID, OWNER, pending } from "./testing.ts";

const always = {
  task_id: ID,
  version: 1,
  operation: "text-to-image",
  provider: "openai",
  client_task_id: "task-workspace-1",
  created_at: "2026-11-23T12:00:00.000Z",
  parameters: { prompt: "a hat" },
};

async function get(
  path: string,
  task: TaskView = pending,
  changes: Changes = {},
  method = "GET",
): Promise<Response> {
  return await ask(path, task, changes, { method });
}

Deno.test("a task is canceled by its owner, under both paths", async (t) => {
  const asked: string[][] = [];
  const cancel: TasksStatusDependencies["tasks"]["cancel"] = (id, userId) => {
    asked.push([id, userId]);
    return Promise.resolve({ status: "canceled", billed: "maybe", canceled: true });
  };
  for (const path of [`/tasks/${ID}`, `/tasks-status/${ID}`]) {
    await t.step(path, async () => {
      const response = await get(path, pending, { cancel }, "DELETE");
      assert.equal(response.status, 200);
      const body = { task_id: ID, status: "canceled", billed: "maybe" };
      assert.deepEqual(await response.json(), body);
      assert.deepEqual(asked.pop(), [ID, OWNER]);
    });
  }
});

Deno.test("a task that has ended otherwise is a conflict, and one that is not the caller's is none", async () => {
  const cancel: TasksStatusDependencies["tasks"]["cancel"] = () =>
    Promise.resolve({ status: "complete", billed: "yes", canceled: false });
  const late = await get(`/tasks/${ID}`, pending, { cancel }, "DELETE");
  assert.deepEqual([late.status, (await late.json()).error], [409, "task_is_final"]);
  for (const id of [ID, "no-id"]) {
    const foreign = await get(`/tasks/${id}`, pending, {}, "DELETE");
    assert.deepEqual([foreign.status, (await foreign.json()).error], [404, "not_found"]);
  }
});

Deno.test("a task is deleted by its owner only, and only if that was asked for in so many words", async (t) => {
  const done: string[] = [];
  const changes: Changes = {
    purge: (id, userId) => {
      done.push(`purge ${id} ${userId}`);
      return Promise.resolve(id === ID ? { billed: "yes" } : undefined);
    },
    cancel: () => {
      done.push("cancel");
      return Promise.resolve({ status: "canceled", billed: "no", canceled: true });
    },
  };
  const ask = async (path: string): Promise<unknown[]> => {
    done.length = 0;
    const response = await get(path, pending, changes, "DELETE");
    const body = await response.json();
    return [response.status, body.error ?? body.status, ...done];
  };
  for (const path of ["/tasks", "/tasks-status"]) {
    await t.step(path, async () => {
      const purged = [200, "purged", `purge ${ID} ${OWNER}`];
      assert.deepEqual(await ask(`${path}/${ID}?purge=true`), purged);
      const foreign = "22222222-2222-4222-8222-222222222222";
      assert.deepEqual(await ask(`${path}/${foreign}?purge=true`), [
        404,
        "not_found",
        `purge ${foreign} ${OWNER}`,
      ]);
      assert.deepEqual(await ask(`${path}/no-id?purge=true`), [404, "not_found"]);
      for (const query of ["", "?purge=false"]) {
        assert.deepEqual(await ask(`${path}/${ID}${query}`), [200, "canceled", "cancel"]);
      }
      for (const value of ["", "1", "yes", "TRUE", "true%20"]) {
        assert.deepEqual(await ask(`${path}/${ID}?purge=${value}`), [400, "invalid_request"]);
      }
      const twice = "purge=true&purge=false";
      assert.deepEqual(await ask(`${path}/${ID}?${twice}`), [400, "invalid_request"]);
    });
  }
});

Deno.test("both paths answer the same", async () => {
  const answers = [await get(`/tasks/${ID}/status`), await get(`/tasks-status/${ID}`)];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
  assert.deepEqual(await answers[0]?.json(), await answers[1]?.json());
});

Deno.test("each state has its values, and absent ones are left out", async (t) => {
  const [startedAt, finishedAt] = [
    new Date("2026-11-23T12:00:01Z"),
    new Date("2026-11-23T12:00:09Z"),
  ];
  const times = { started_at: "2026-11-23T12:00:01.000Z", finished_at: "2026-11-23T12:00:09.000Z" };
  const assetUrls = ["https://files.example/0.png", "https://files.example/1.png"];
  const error = { error: "AI service timed out (timeout)", error_code: "timeout" };
  const cases: readonly (readonly [changes: Partial<TaskView>, Record<string, unknown>])[] = [
    [{ status: "pending" }, {}],
    [{ status: "processing", startedAt }, { started_at: times.started_at }],
    [
      { status: "processing", startedAt, progress: 0 },
      { started_at: times.started_at, progress: 0 },
    ],
    [
      { status: "processing", startedAt, progress: 45 },
      { started_at: times.started_at, progress: 45 },
    ],
    [{ status: "pending", progress: 45 }, {}],
    [
      { status: "complete", startedAt, finishedAt, assetUrls, progress: 99 },
      { ...times, progress: 100, asset_url: assetUrls[0], asset_urls: assetUrls },
    ],
    [
      { status: "complete", startedAt, finishedAt, assetUrls, missingResults: 2 },
      {
        ...times,
        progress: 100,
        asset_url: assetUrls[0],
        asset_urls: assetUrls,
        missing_results: 2,
      },
    ],
    [
      {
        status: "failed",
        startedAt,
        finishedAt,
        error: error.error,
        errorCode: "timeout",
        billed: "maybe",
      },
      { ...times, ...error, retryable: true, billed: "maybe" },
    ],
    [{ status: "canceled", finishedAt }, { finished_at: times.finished_at }],
  ];
  for (const [changes, expected] of cases) {
    await t.step(`${changes.status} ${changes.progress ?? ""}`, async () => {
      const body = await (await get(`/tasks/${ID}/status`, { ...pending, ...changes })).json();
      assert.deepEqual(body, { ...always, status: changes.status, ...expected });
      statusBody.parse(body);
    });
  }
});

Deno.test("what is known of the time to come is told, and a status is told without", async () => {
  const outlook: Outlook = {
    queue_position: 3,
    eta: { seconds: 40, seconds_max: 75, based_on: "history" },
  };
  const asked: unknown[] = [];
  const outlooks: TasksStatusDependencies["outlooks"] = {
    of(tasks, userId) {
      asked.push([tasks.map(({ id }) => id), userId]);
      return Promise.resolve(new Map([[ID, outlook]]));
    },
  };
  const body = await (await get(`/tasks/${ID}/status`, pending, { outlooks })).json();
  assert.deepEqual(body, { ...always, status: "pending", ...outlook });
  assert.deepEqual(asked, [[[ID], OWNER]]);
  statusBody.parse(body);

  const { log, lines } = recordLog();
  const broken = { of: () => Promise.reject(new Error("No lines today")) };
  const without = await get(`/tasks/${ID}/status`, pending, { outlooks: broken, log });
  assert.deepEqual(await without.json(), { ...always, status: "pending" });
  assert.match(JSON.stringify(lines), /outlook not told.*No lines today/);
});

Deno.test("results are shown as the caller may use them", async () => {
  const stored = ["https://files.example/0.png", "https://files.example/1.png"];
  const complete: TaskView = { ...pending, status: "complete", assetUrls: stored };
  const forCaller: TasksStatusDependencies["resultUrls"]["forCaller"] = (
    addresses,
    authorization,
  ) => Promise.resolve(addresses.map((address) => `${address}?for=${encodeURI(authorization)}`));
  const body = await (await get(`/tasks/${ID}/status`, complete, { forCaller })).json();
  assert.deepEqual(body.asset_urls, stored.map((address) => `${address}?for=Bearer%20token`));
  assert.equal(body.asset_url, body.asset_urls[0]);
});

Deno.test("results that cannot be shown now are there later: the app is to ask again", async () => {
  const { log, lines } = recordLog();
  const forCaller = (): Promise<never> => Promise.reject(new Error("Storage is away"));
  const response = await get(`/tasks/${ID}/status`, pending, { forCaller, log });
  const { error, message } = await response.json();
  assert.deepEqual([response.status, error], [503, "unavailable"]);
  assert.doesNotMatch(message, /Storage/);
  const told = lines.find(({ event }) => event === "results not shown");
  assert.match(JSON.stringify(told), /Storage is away/);
});

Deno.test("service may be anything or missing, and selects nothing", async (t) => {
  for (const query of ["", "?service=", "?service=openai", "?service=tripo", "?service=ChatGPT"]) {
    await t.step(query || "missing", async () => {
      assert.equal((await get(`/tasks/${ID}/status${query}`)).status, 200);
    });
  }
});

Deno.test("an id that is not one of the caller's tasks is a 404", async (t) => {
  const ids = ["22222222-2222-4222-8222-222222222222", "abc123xyz456", "1'%20or%20true", "null"];
  for (const id of ids) {
    await t.step(id, async () => {
      const response = await get(`/tasks/${id}/status`);
      assert.equal(response.status, 404);
      assert.equal((await response.json()).message, "No such task");
    });
  }
  await t.step("of another user", async () => {
    const read: TasksStatusDependencies["tasks"]["read"] = (_id, userId) =>
      Promise.resolve(userId === OWNER ? undefined : pending);
    assert.equal((await get(`/tasks/${ID}/status`, pending, { read })).status, 404);
  });
});

Deno.test("a stranger is told nothing about a task", async () => {
  const authenticate = (): Promise<never> =>
    Promise.reject(new ApiError("unauthorized", "Missing or invalid token"));
  for (const id of [ID, "abc"]) {
    const response = await get(`/tasks/${id}/status`, pending, { authenticate });
    assert.equal(response.status, 401);
  }
});

Deno.test("what a finished task has cost is told to the apps that may see it", async () => {
  const finishedAt = new Date("2026-11-23T12:01:00Z");
  const complete: TaskView = { ...pending, status: "complete", finishedAt, costUsd: 0.053 };
  const costOf = async (task: TaskView, seesCosts: boolean): Promise<unknown> => {
    const body = await (await get(`/tasks/${ID}/status`, task, { seesCosts })).json();
    statusBody.parse(body);
    return body.cost_usd;
  };
  assert.equal(await costOf(complete, true), 0.053);
  assert.equal(await costOf({ ...complete, status: "canceled", costUsd: 0 }, true), 0);
  assert.equal(await costOf({ ...complete, costUsd: null }, true), undefined, "not known");
  assert.equal(await costOf(complete, false), undefined, "not for this app");
  assert.equal(await costOf({ ...pending, costUsd: 0.053 }, true), undefined, "not yet");
});

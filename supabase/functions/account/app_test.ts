import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import { accountBody } from "../../../shared/contract/responses.ts";
import type { UserQuota } from "../../../shared/tasks/user_quota.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { type AccountDependencies, createAccountApp } from "./app.ts";

const USER = "00000000-0000-4000-8000-000000000001";
const quota: UserQuota = {
  plan: "free",
  resets_at: new Date("2026-11-29T00:00:00Z"),
  images: { used: 12, allowed: 10 },
  models: { used: 1, allowed: 2 },
  usd: { used: 0.1, allowed: 0.3 },
  active_tasks: { used: 3, allowed: null },
  submits_per_minute: null,
};
const apiKey = { id: "key-1", clientName: "app", allowedOperations: null, seesCosts: false };

async function ask(changes: Partial<AccountDependencies>, method = "DELETE"): Promise<Response> {
  const app = createAccountApp({
    log: recordLog().log,
    corsOrigins: ["*"],
    authenticator: {
      authenticate: () =>
        Promise.resolve({ userId: USER, plan: "default", isOperator: false, apiKey }),
    },
    tasks: { purgeUser: () => Promise.resolve(), quota: () => Promise.resolve(quota) },
    users: { delete: () => Promise.resolve() },
    ...changes,
  });
  return await app.request("/account", { method });
}

Deno.test("what there is of the caller is deleted first, then the user, and again where that broke off", async () => {
  const done: string[] = [];
  const changes: Partial<AccountDependencies> = {
    tasks: {
      purgeUser: (userId) => Promise.resolve(void done.push(`purge ${userId}`)),
      quota: () => assert.fail("Nobody asked"),
    },
    users: {
      delete: (userId) => {
        done.push(`delete ${userId}`);
        if (done.length > 2) return Promise.resolve();
        throw new ApiError("unavailable", "Send it again");
      },
    },
  };
  const broken = await ask(changes);
  assert.deepEqual([broken.status, (await broken.json()).error], [503, "unavailable"]);
  assert.ok(broken.headers.get("retry-after"));
  const response = await ask(changes);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { status: "deleted" });
  const once = [`purge ${USER}`, `delete ${USER}`];
  assert.deepEqual(done, [...once, ...once]);
});

Deno.test("nothing is deleted or told for who is not let in, or asks otherwise", async () => {
  const done: string[] = [];
  const changes: Partial<AccountDependencies> = {
    tasks: {
      purgeUser: () => Promise.resolve(void done.push("purge")),
      quota: () => Promise.resolve(void done.push("quota")).then(() => quota),
    },
    users: { delete: () => Promise.resolve(void done.push("delete")) },
  };
  const authenticator = {
    authenticate: () => Promise.reject(new ApiError("unauthorized", "Missing or invalid token")),
  };
  for (const method of ["GET", "DELETE"]) {
    assert.equal((await ask({ ...changes, authenticator }, method)).status, 401);
  }
  for (const method of ["POST", "PUT"]) {
    const response = await ask(changes, method);
    assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, DELETE"]);
  }
  assert.deepEqual(done, []);
});

Deno.test("a user is told the plan of the token, and what is left of it", async () => {
  const asked: string[][] = [];
  const response = await ask({
    tasks: {
      purgeUser: () => assert.fail("Deleted"),
      quota: (userId, plan) => {
        asked.push([userId, plan]);
        return Promise.resolve(quota);
      },
    },
  }, "GET");
  assert.equal(response.status, 200);
  const body = await response.json();
  assert.deepEqual(body, {
    plan: "free",
    resets_at: "2026-11-29T00:00:00.000Z",
    images: { used: 12, allowed: 10, left: 0 },
    models: { used: 1, allowed: 2, left: 1 },
    usd: { used: 0.1, allowed: 0.3, left: 0.2 },
    active_tasks: { used: 3, allowed: null, left: null },
    submits_per_minute: null,
  });
  accountBody.parse(body);
  assert.deepEqual(asked, [[USER, "default"]]);
});

Deno.test("a blocked user is told nothing", async () => {
  const tasks = {
    purgeUser: () => assert.fail("Deleted"),
    quota: () => Promise.reject(new ApiError("forbidden", "This account is blocked")),
  };
  const response = await ask({ tasks }, "GET");
  assert.equal(response.status, 403);
});

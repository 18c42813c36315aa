import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { type AccountDependencies, createAccountApp } from "./app.ts";

const USER = "00000000-0000-4000-8000-000000000001";
const apiKey = { id: "key-1", clientName: "app", allowedOperations: null };

async function ask(changes: Partial<AccountDependencies>, method = "DELETE"): Promise<Response> {
  const app = createAccountApp({
    log: recordLog().log,
    corsOrigins: ["*"],
    authenticator: {
      authenticate: () => Promise.resolve({ userId: USER, plan: "default", apiKey }),
    },
    tasks: { purgeUser: () => Promise.resolve() },
    users: { delete: () => Promise.resolve() },
    ...changes,
  });
  return await app.request("/account", { method });
}

Deno.test("what there is of the caller is deleted first, then the user, and again where that broke off", async () => {
  const done: string[] = [];
  const changes: Partial<AccountDependencies> = {
    tasks: { purgeUser: (userId) => Promise.resolve(void done.push(`purge ${userId}`)) },
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

Deno.test("nothing is deleted for who is not let in, or asks otherwise", async () => {
  const done: string[] = [];
  const changes: Partial<AccountDependencies> = {
    tasks: { purgeUser: () => Promise.resolve(void done.push("purge")) },
    users: { delete: () => Promise.resolve(void done.push("delete")) },
  };
  const authenticator = {
    authenticate: () => Promise.reject(new ApiError("unauthorized", "Missing or invalid token")),
  };
  assert.equal((await ask({ ...changes, authenticator })).status, 401);
  for (const method of ["GET", "POST", "PUT"]) {
    const response = await ask(changes, method);
    assert.deepEqual([response.status, response.headers.get("allow")], [405, "DELETE"]);
  }
  assert.deepEqual(done, []);
});

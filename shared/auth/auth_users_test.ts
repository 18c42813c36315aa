import assert from "node:assert/strict";
import { closedUrl, withServer } from "../../testing/serve.ts";
import { ApiError } from "../contract/errors.ts";
import { createAuthUsers } from "./auth_users.ts";

const ID = "11111111-1111-4111-8111-111111111111";

Deno.test("a user is deleted with the project's secret key, and one that is gone is no failure", async () => {
  const asked: unknown[] = [];
  const statuses = [200, 404];
  await withServer((request) => {
    const { method, headers, url } = request;
    asked.push([
      method,
      new URL(url).pathname,
      headers.get("apikey"),
      headers.get("authorization"),
    ]);
    return Response.json({}, { status: statuses.shift() ?? 500 });
  }, async (supabaseUrl) => {
    const users = createAuthUsers({ supabaseUrl, secretKey: "sb_secret_1" });
    await users.delete(ID);
    await users.delete(ID);
  });
  const once = ["DELETE", `/auth/v1/admin/users/${ID}`, "sb_secret_1", "Bearer sb_secret_1"];
  assert.deepEqual(asked, [once, once]);
});

Deno.test("where Auth is away the request is to be sent again, and a wrong key is ours to mend", async () => {
  const isAway = (error: unknown): boolean =>
    error instanceof ApiError && error.code === "unavailable";
  for (const status of [500, 503, 429]) {
    await withServer(() => new Response("", { status }), async (supabaseUrl) => {
      await assert.rejects(createAuthUsers({ supabaseUrl, secretKey: "k" }).delete(ID), isAway);
    });
  }
  const users = createAuthUsers({ supabaseUrl: closedUrl(), secretKey: "k" });
  await assert.rejects(users.delete(ID), isAway);
  await withServer(() => new Response("no", { status: 403 }), async (supabaseUrl) => {
    await assert.rejects(
      createAuthUsers({ supabaseUrl, secretKey: "k" }).delete(ID),
      (error) => error instanceof Error && /403 no/.test(error.message) && !isAway(error),
    );
  });
});

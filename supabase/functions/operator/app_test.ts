import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { OperatorRequest } from "../../../shared/contract/operator/requests.ts";
import { operatorAction, operatorView } from "../../../shared/openapi/operator_examples.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { createOperatorApp, type OperatorDependencies } from "./app.ts";

const USER = "00000000-0000-4000-8000-000000000003";
const apiKey = { id: "key-1", clientName: "app", allowedOperations: null, seesCosts: false };
const recorded = recordLog();

async function ask(
  { isOperator = true, ...changes }:
    & Partial<OperatorDependencies["operator"]>
    & { readonly isOperator?: boolean },
  init: RequestInit = {},
): Promise<Response> {
  const app = createOperatorApp({
    log: recorded.log,
    corsOrigins: ["https://console.example"],
    authenticator: {
      authenticate: () => Promise.resolve({ userId: USER, plan: "default", isOperator, apiKey }),
    },
    operator: {
      read: () => assert.fail("Read"),
      act: () => assert.fail("Done"),
      ...changes,
    },
  });
  return await app.request("/operator", init);
}

function sent(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

Deno.test("an operator is shown what goes on", async () => {
  const readers: string[] = [];
  const read = (userId: string) => {
    readers.push(userId);
    return Promise.resolve(operatorView);
  };
  const response = await ask({ read });
  assert.deepEqual([response.status, await response.json()], [200, operatorView]);
  assert.deepEqual(readers, [USER]);
});

Deno.test("what an operator does is done once, under the operator's name, and logged", async () => {
  const done: (readonly [string, OperatorRequest])[] = [];
  const act = (userId: string, request: OperatorRequest) => {
    done.push([userId, request]);
    return Promise.resolve(operatorAction);
  };
  const body = { action: "block_user", user: " test@example.com ", reason: "Spam" } as const;
  const response = await ask({ act }, sent(body));
  assert.deepEqual([response.status, await response.json()], [200, operatorAction]);
  assert.deepEqual(done, [[USER, { ...body, user: "test@example.com" }]]);
  const line = recorded.lines.find(({ event }) => event === "operator action");
  assert.deepEqual([line?.["action"], line?.["user_id"], line?.["operator_action"]], [
    "block_user",
    USER,
    operatorAction.id,
  ]);
});

Deno.test("who is no operator is told so, before anything is read of the request or the database", async () => {
  for (
    const init of [{}, sent({ action: "resume_submits" }), sent("no request"), { method: "POST" }]
  ) {
    const response = await ask({ isOperator: false }, init);
    assert.deepEqual([response.status, await response.json()], [403, {
      error: "forbidden",
      message: "Only operators may do this: users with app_metadata.role = 'operator'",
    }]);
  }
});

Deno.test("what is no request names its field, and does nothing", async () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [{ action: "pause_everything" }, "action"],
    [{ action: "pause_lane" }, "provider"],
    [{ action: "pause_lane", provider: "openai", until: "soon" }, "until"],
    [{ action: "set_budgets", project_usd_per_day: "40" }, "project_usd_per_day"],
    [{ action: "set_budgets", providers: { openai: 1.005 } }, "providers.openai"],
    [{ action: "unblock_user", user: "x", reason: "y" }, "reason"],
  ];
  for (const [body, field] of cases) {
    const response = await ask({}, sent(body));
    const { error, details } = await response.json();
    assert.deepEqual([response.status, error, details[0].field], [400, "invalid_request", field]);
  }
  const text = await ask({}, { ...sent({}), headers: { "content-type": "text/plain" } });
  assert.equal(text.status, 415);
});

Deno.test("what the database refuses is told in its words", async () => {
  const message = "No lane midjourney. There are openai";
  const details = [{ field: "provider", message }];
  const act = () => Promise.reject(new ApiError("invalid_request", message, { details }));
  const response = await ask({ act }, sent({ action: "pause_lane", provider: "midjourney" }));
  const body = await response.json();
  assert.deepEqual([response.status, body.message, body.details], [400, message, details]);
});

Deno.test("only pages of the project's origins may read the answers, and no other method is there", async () => {
  const read = () => Promise.resolve(operatorView);
  for (
    const [origin, allowed] of [["https://console.example", true], [
      "https://evil.example",
      false,
    ]] as const
  ) {
    const { headers } = await ask({ read }, { headers: { origin } });
    assert.equal(headers.get("access-control-allow-origin"), allowed ? origin : null);
  }
  const response = await ask({}, { method: "DELETE" });
  assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, POST"]);
});

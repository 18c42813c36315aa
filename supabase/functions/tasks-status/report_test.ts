import assert from "node:assert/strict";
import { createApp } from "../../../shared/http/create_app.ts";
import type { Report } from "../../../shared/tasks/caller_tasks.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { addReport } from "./report.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const OWNER = "00000000-0000-4000-8000-000000000001";
const reported: Report = { status: "complete", reportedAt: new Date("2026-11-28T12:00:00Z") };

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly reports: unknown[];
}

async function post(
  path: string,
  body: unknown = { reason: "It is cruel" },
  report: Report | undefined = reported,
): Promise<Answer> {
  const reports: unknown[] = [];
  const app = createApp({ log: recordLog().log, corsOrigins: ["*"] });
  const apiKey = { id: "key-1", clientName: "app", allowedOperations: null, seesCosts: false };
  addReport(app, {
    authenticator: {
      authenticate: () =>
        Promise.resolve({ userId: OWNER, plan: "default", isOperator: false, apiKey }),
    },
    tasks: {
      report: (...words) => {
        reports.push(words);
        return Promise.resolve(words[0] === ID ? report : undefined);
      },
    },
  });
  const response = await app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), reports };
}

Deno.test("a result is reported by its owner, under both paths", async () => {
  for (const path of [`/tasks/${ID}/report`, `/tasks-status/${ID}/report`]) {
    const { status, body, reports } = await post(path, { reason: "  It is cruel " });
    assert.equal(status, 200);
    const reportedAt = "2026-11-28T12:00:00.000Z";
    assert.deepEqual(body, { task_id: ID, reported: true, reported_at: reportedAt });
    assert.deepEqual(reports, [[ID, OWNER, "It is cruel"]]);
  }
});

Deno.test("a reason has words, not too many, and comes alone", async (t) => {
  const cases: readonly [name: string, body: unknown, words: RegExp][] = [
    ["none", {}, /^reason: Required/],
    ["empty", { reason: "" }, /^reason: /],
    ["blank", { reason: " \n " }, /^reason: /],
    ["too long", { reason: "x".repeat(1_001) }, /^reason: /],
    ["with NUL", { reason: "a\0b" }, /^reason: Must be well-formed text/],
    ["a number", { reason: 1 }, /^reason: Must be text/],
    ["with more", { reason: "x", user_id: OWNER }, /^user_id: Unknown field; known are reason/],
    ["a list", [], /Must be a JSON object/],
  ];
  for (const [name, body, words] of cases) {
    await t.step(name, async () => {
      const { status, body: answer, reports } = await post(`/tasks/${ID}/report`, body);
      assert.deepEqual([status, answer["error"], reports], [400, "invalid_request", []]);
      assert.match(String(answer["message"]), words);
    });
  }
  assert.equal((await post(`/tasks/${ID}/report`, { reason: "x".repeat(1_000) })).status, 200);
});

Deno.test("a task without a result cannot be reported, and a foreign one is not there", async () => {
  const path = `/tasks/${ID}/report`;
  for (const state of ["pending", "processing", "failed", "canceled"] as const) {
    const { status, body } = await post(path, undefined, { status: state, reportedAt: null });
    assert.deepEqual([status, body["error"]], [409, "task_not_complete"]);
  }
  for (const id of ["22222222-2222-4222-8222-222222222222", "no-id"]) {
    const { status, body } = await post(`/tasks/${id}/report`);
    assert.deepEqual([status, body["error"]], [404, "not_found"]);
  }
});

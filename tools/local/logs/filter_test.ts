import assert from "node:assert/strict";
import { type LogEntry, parseLine } from "./entry.ts";
import { createFilter } from "./filter.ts";

function entry(service: string, fields: Readonly<Record<string, unknown>>): LogEntry {
  const text = JSON.stringify({ time: "2026-11-29T07:40:07.166Z", level: "info", ...fields });
  return parseLine(service, text) ?? assert.fail(text);
}

const read = { event: "request", method: "GET", path: "/tasks/task-1/status" };
const log = [
  entry("generation", { event: "task accepted", request_id: "r1", task_id: "task-1" }),
  entry("generation", { event: "request", request_id: "r1", method: "POST", status: 202 }),
  entry("tasks-status", { ...read, request_id: "r2", status: 200 }),
  entry("tasks-status", { ...read, request_id: "r3", status: 304 }),
  entry("tasks-status", { ...read, request_id: "r4", status: 503 }),
  entry("worker", { event: "step started", request_id: "r1", task_id: "task-1" }),
  entry("generation", { event: "request", request_id: "r9", method: "POST", status: 202 }),
];
const ALL = log.map((_, place) => place);

/** Which of the entries are shown, by their place. */
function shown(...[wanted]: Parameters<typeof createFilter>): number[] {
  const belongs = createFilter(wanted);
  return ALL.filter((place) => belongs(log[place] ?? assert.fail()));
}

Deno.test("reads of a status are left out unless they are asked for, or went wrong", () => {
  assert.deepEqual(shown({ polls: false }), [0, 1, 4, 5, 6]);
  assert.deepEqual(shown({ polls: true }), ALL);
});

Deno.test("an id finds what names it, and the requests that did", () => {
  assert.deepEqual(shown({ id: "task-1", polls: false }), [0, 1, 4, 5]);
  assert.deepEqual(shown({ id: "task-1", polls: true }), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(shown({ id: "r9", polls: false }), [6]);
  assert.deepEqual(shown({ id: "nope", polls: true }), []);
});

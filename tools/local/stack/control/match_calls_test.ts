import assert from "node:assert/strict";
import { type LedgerCall, matchCalls, type SimulatedCall } from "./match_calls.ts";

const at = (second: number): Date => new Date(Date.UTC(2026, 10, 29, 12, 0, second));

function call(second: number, changes: Partial<SimulatedCall> = {}): SimulatedCall {
  return {
    provider: "openai",
    operation: "text-to-image",
    at: at(second),
    requestId: `req_${second}`,
    prompt: "a bird",
    ...changes,
  };
}

function entry(taskId: string, changes: Partial<LedgerCall> = {}): LedgerCall {
  return {
    taskId,
    provider: "openai",
    operation: "text-to-image",
    sentAt: at(0),
    finishedAt: at(10),
    handle: null,
    requestId: null,
    prompt: "a bird",
    outcome: "succeeded",
    errorCode: null,
    ...changes,
  };
}

function tasksOf(calls: readonly SimulatedCall[], ledger: readonly LedgerCall[]): unknown[] {
  return matchCalls(calls, ledger).map((found) => found?.taskId);
}

Deno.test("a call is found by the service's name for it, or by its handle", () => {
  const ledger = [entry("one", { requestId: "req_2" }), entry("two", { handle: "req_1" })];
  assert.deepEqual(tasksOf([call(1), call(2)], ledger), ["two", "one"]);
  // The same name by another service is another call.
  const other = entry("other", { provider: "tripo", requestId: "req_1" });
  assert.deepEqual(tasksOf([call(1)], [other]), [undefined]);
});

Deno.test("a call whose answer was lost is the one that was under way, with the same prompt", () => {
  const lost = entry("lost", { outcome: "ambiguous" });
  const ledger = [
    entry("another prompt", { prompt: "a fish" }),
    entry("before", { sentAt: at(0), finishedAt: at(4) }),
    entry("after", { sentAt: at(6) }),
    entry("another operation", { operation: "image-to-image" }),
    lost,
  ];
  assert.deepEqual(tasksOf([call(5)], ledger), ["lost"]);
  assert.deepEqual(tasksOf([call(5)], [entry("open", { finishedAt: null, outcome: null })]), [
    "open",
  ]);
});

Deno.test("what was called twice for is two calls of the ledger, each once", () => {
  const ledger = [
    entry("task", { finishedAt: at(3), outcome: "ambiguous" }),
    entry("task", { sentAt: at(4), requestId: "req_5" }),
  ];
  const found = matchCalls([call(1), call(5)], ledger);
  assert.deepEqual(found.map((one) => one?.outcome), ["ambiguous", "succeeded"]);
  assert.deepEqual(tasksOf([call(1), call(2)], [entry("one")]), ["one", undefined]);
});

Deno.test("without a prompt the only call under way is it, and of several none", () => {
  const nameless = call(5, { prompt: null });
  assert.deepEqual(tasksOf([nameless], [entry("only", { prompt: null })]), ["only"]);
  assert.deepEqual(tasksOf([nameless], [entry("one"), entry("two")]), [undefined]);
});

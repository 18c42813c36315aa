import assert from "node:assert/strict";
import { type Cost, costsOf, type TaskCounts } from "./costs.ts";
import type { StatementCount } from "./statement_counts.ts";

const NOTHING = { calls: 1, buffers: 0, dirtied: 0, walBytes: 0 };

function sent(id: string, figures: Partial<StatementCount> = {}): StatementCount {
  return { id, isTopLevel: true, ...NOTHING, ...figures };
}

/** Its buffers are in those of the statement that it is part of. */
function nested(calls: number): StatementCount {
  return { ...NOTHING, id: "nested", isTopLevel: false, calls, buffers: 1_000 };
}

function polls(calls: number, of: { readonly buffers: number }): StatementCount[] {
  return [sent("poll", { calls, buffers: calls * of.buffers }), nested(2 * calls)];
}

const idle = { buffers: 10 };
const busy = { buffers: 12 };

const task: TaskCounts = {
  idlePoll: polls(1, idle),
  submit: [sent("submit", { buffers: 45, dirtied: 2, walBytes: 1_900 }), nested(16)],
  status: [sent("status", { buffers: 5 })],
  claim: [
    sent("poll", { calls: 3, buffers: 100 + 2 * busy.buffers, walBytes: 700 }),
    nested(30 + 2 * 2),
    sent("mark sent", { buffers: 7, walBytes: 80 }),
  ],
  busyPoll: polls(1, busy),
  settlement: [sent("settle", { buffers: 50 }), ...polls(2, idle)],
};

const cost = (statements: number, buffers: number, dirtied = 0, walBytes = 0): Cost => ({
  statements,
  buffers,
  dirtied,
  walBytes,
});

Deno.test("a claim and a settlement cost what they do without the polls that find nothing", () => {
  assert.deepEqual(costsOf([task]), {
    submit: cost(17, 45, 2, 1_900),
    // The poll that finds the task, 30 statements within it, and the one before the call.
    claim: cost(32, 107, 0, 780),
    settlement: cost(1, 50),
    status: cost(1, 5),
    idlePoll: cost(3, 10),
  });
});

Deno.test("more wake-ups, and what comes now and then, change nothing", () => {
  const disturbed: TaskCounts = {
    ...task,
    idlePoll: [...polls(2, idle), sent("maintenance", { buffers: 500 })],
    submit: [...task.submit, sent("which key", { buffers: 2 })],
    settlement: [sent("settle", { buffers: 50 }), ...polls(4, idle)],
  };
  assert.deepEqual(costsOf([task, disturbed, task, task]), costsOf([task]));
});

Deno.test("a settlement during which nobody polls costs what it does", () => {
  const quiet: TaskCounts = { ...task, settlement: [sent("settle", { buffers: 50 })] };
  assert.deepEqual(costsOf([quiet]), costsOf([task]));
});

Deno.test("without a statement of every poll nothing can be taken off", () => {
  const strange: TaskCounts = { ...task, busyPoll: [sent("something else")] };
  assert.throws(() => costsOf([task, strange]), /common to all polls/);
});

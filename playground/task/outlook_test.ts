import assert from "node:assert/strict";
import { outlookOf } from "./outlook.ts";
import { taskWith } from "./testing.ts";

const NOON = Date.parse("2026-11-29T12:00:00Z");
const eta = { seconds: 40, secondsMax: 90, basedOn: "history" } as const;

Deno.test("the line begins at the submit and ends at the bound", () => {
  const reading = { task: taskWith({ eta }), readAt: NOON + 10_000 };
  assert.deepEqual(outlookOf(reading, NOON + 20_000), {
    gone: 0.2,
    median: 0.5,
    text: "About 30 s more; nine of ten are done within 1 min 20 s",
    isOverdue: false,
  });
});

Deno.test("after the median it is any moment, after the bound it says so", () => {
  const reading = { task: taskWith({ eta }), readAt: NOON };
  assert.match(outlookOf(reading, NOON + 45_000)?.text ?? "", /^Any moment now; .* within 45 s$/);
  const late = outlookOf(reading, NOON + 95_000);
  assert.equal(late?.gone, 1);
  assert.equal(late?.isOverdue, true);
  assert.equal(late?.text, "It takes longer than nine of ten do");
});

Deno.test("a clock that is behind the backend's bends nothing", () => {
  const reading = { task: taskWith({ eta }), readAt: NOON - 3_600_000 };
  const outlook = outlookOf(reading, NOON - 3_600_000);
  assert.equal(outlook?.gone, 0);
  assert.match(outlook?.text ?? "", /^About 40 s more/);
});

Deno.test("without an estimate, or at the end, there is no outlook", () => {
  assert.equal(outlookOf({ task: taskWith(), readAt: NOON }, NOON), undefined);
  const task = taskWith({ status: "complete", eta });
  assert.equal(outlookOf({ task, readAt: NOON }, NOON), undefined);
});

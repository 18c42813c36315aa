import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { currentTrace, inTrace, traceHeaders } from "./current_trace.ts";

const traceparentOf = (digit: string): string => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`;

Deno.test("work side by side is each in its own trace, to its end", async () => {
  const work = async (): Promise<(string | undefined)[]> => {
    const seen: (string | undefined)[] = [];
    for (let round = 0; round < 3; round++) {
      seen.push(currentTrace()?.traceId);
      await setImmediate();
    }
    return seen;
  };
  const digits = ["1", "2", "3"];
  const seen = await Promise.all(digits.map((digit) => inTrace(traceparentOf(digit), work)));
  assert.deepEqual(seen, digits.map((digit) => Array(3).fill(digit.repeat(32))));
  assert.equal(currentTrace(), undefined);
});

Deno.test("within a trace, work for none is in none", () => {
  inTrace(traceparentOf("1"), () => {
    for (const other of [undefined, null, "", "not valid"]) {
      inTrace(other, () => assert.deepEqual([currentTrace(), traceHeaders()], [undefined, {}]));
    }
    assert.deepEqual(traceHeaders(), { traceparent: traceparentOf("1") });
  });
});

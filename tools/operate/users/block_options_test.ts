import assert from "node:assert/strict";
import { type Block, type BlockOptions, readBlock } from "./block_options.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

function read(options: BlockOptions): Block {
  return readBlock({ reason: "Spam", ...options }, NOW);
}

Deno.test("a block needs a reason, and lasts until it is ended unless its end is named", () => {
  assert.deepEqual(read({ reason: " Spam " }), { reason: "Spam", until: null });
  assert.deepEqual(read({ days: "7" }).until, new Date("2026-12-01T12:00:00Z"));
  assert.deepEqual(read({ until: "2027-01-01" }).until, new Date("2027-01-01T00:00:00Z"));
});

Deno.test("what is mistyped is named with what is possible", async (t) => {
  const cases: readonly (readonly [BlockOptions, RegExp])[] = [
    [{ reason: undefined }, /^--reason is missing: why, .* the user is not told$/],
    [{ reason: "  " }, /^--reason is missing/],
    [{ days: "0" }, /^--days must be a whole number from 1 to 9999: 0$/],
    [{ days: "-1" }, /^--days/],
    [{ days: "1.5" }, /^--days/],
    [{ days: "a week" }, /^--days/],
    [{ days: "10000" }, /^--days/],
    [{ until: "tomorrow" }, /^--until must be a date such as 2027-01-01: tomorrow$/],
    [{ until: "2027-02-30" }, /^--until must be a date/],
    [{ until: "2026-11-24" }, /^--until must be in the future: 2026-11-24$/],
    [{ until: "2027-01-01", days: "1" }, /^--until and --days say the same: give one of them$/],
  ];
  for (const [options, message] of cases) {
    await t.step(JSON.stringify(options), () => assert.throws(() => read(options), { message }));
  }
});

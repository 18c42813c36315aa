import assert from "node:assert/strict";
import { percentile } from "../../../bench/statistics.ts";
import { withDatabase } from "../../support/stack.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { isKind, KINDS } from "./attackers.ts";
import { HOSTILE_PER_SECOND, measure, type Measured } from "./measure.ts";
import { intervalOfRatio, type Pair, ratioOf } from "./windows.ts";

const MOST = 1.2;

/** States of tasks when all have ended. */
async function statesOf(ids: readonly string[]): Promise<ReadonlySet<string>> {
  return await withDatabase((sql) =>
    waitUntil("the end of the honest tasks", async () => {
      const ended = await sql<{ status: string }[]>`
        select status from public.tasks where id = any (${[...ids]}) and finished_at is not null
      `;
      return ended.length === ids.length && new Set(ended.map(({ status }) => status));
    }, 120)
  );
}

function describe({ pairs, hostilePerSecond }: Measured): string {
  const of = (kind: keyof Pair): string =>
    percentile(pairs.flatMap((pair) => pair[kind]), 0.95).toFixed(1);
  const { low, high } = intervalOfRatio(pairs, 0.95);
  return `a submit takes ${ratioOf(pairs, 0.95).toFixed(2)} times as long ` +
    `(90 %: ${low.toFixed(2)} to ${high.toFixed(2)}; p50 ${ratioOf(pairs, 0.5).toFixed(2)}), ` +
    `p95 ${of("quiet")} and ${of("attacked")} ms, beside ${hostilePerSecond.toFixed(0)} ` +
    `hostile requests a second`;
}

Deno.test("honest users hardly notice fifty hostile requests a second", async (t) => {
  const measured = await measure(Object.keys(KINDS).filter(isKind));
  await t.step("no honest task fails", async () => {
    assert.deepEqual(await statesOf(measured.honestIds), new Set(["complete"]));
  });
  await t.step(describe(measured), () => {
    assert.ok(measured.hostilePerSecond >= 0.9 * HOSTILE_PER_SECOND);
    assert.ok(ratioOf(measured.pairs, 0.95) <= MOST);
  });
});

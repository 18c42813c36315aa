import assert from "node:assert/strict";
import type { Settlement } from "./settle.ts";
import type { Snapshot, Task } from "./snapshot.ts";

/**
 * A provider that is asked too often rests as a whole, or in the pool of the task: nothing else does.
 * One that is polled too often is asked for nothing new the less.
 */
export function checkRateLimits(
  then: Task,
  { code, isOwnCut, scope, retryAfter }: Settlement & { kind: "failure" },
  before: Snapshot,
  after: Snapshot,
): void {
  const isBusy = code === "provider_rate_limited" && then.handle === null && !isOwnCut;
  const until = after.at + (retryAfter ?? 1) * 1000 - 3000;
  for (const lane of after.rows.lanes) {
    const old = before.rows.lanes.find(({ provider }) => provider === lane.provider);
    if (isBusy && scope === "lane" && lane.provider === then.provider) {
      assert.ok(Date.parse(lane.rate_limited_until ?? "1970-01-01") > until, "its lane rests");
    } else assert.equal(lane.rate_limited_until, old?.rate_limited_until, "this lane goes on");
  }
  for (const pool of after.rows.pools) {
    const old = before.rows.pools.find(({ provider, name }) =>
      provider === pool.provider && name === pool.name
    );
    const isOwn = pool.provider === then.provider && pool.name === then.pool;
    if (isBusy && scope === "pool" && isOwn) {
      assert.ok(Date.parse(pool.rate_limited_until ?? "1970-01-01") > until, "its pool rests");
    } else assert.equal(pool.rate_limited_until, old?.rate_limited_until, "this pool goes on");
  }
}

import assert from "node:assert/strict";
import fc from "fast-check";
import postgres from "postgres";
import { withProject } from "./database.ts";
import { type Entry, histories, liveHistory, type Look } from "./place_history.ts";

const HISTORIES = 500;

/** Tasks of the same pool that start after a look and before the task that was looked at. */
function startsBetween(entries: readonly Entry[], { at, entry }: Look): Entry[] {
  const { lane, pool } = entry.place;
  return entries.filter(({ place, startedAt }) =>
    place.lane === lane && place.pool === pool && startedAt > at && startedAt < entry.startedAt
  );
}

/** How many tasks the user has waiting in the pool at a look, up to the one that is looked at. */
function turnsOf(entries: readonly Entry[], { at, entry }: Look): number {
  return entries.filter(({ user, place, submittedAt, startedAt }) =>
    user === entry.user && place === entry.place && startedAt > at &&
    submittedAt <= entry.submittedAt
  ).length;
}

/** Those of them that came after the look. */
function passersOf(entries: readonly Entry[], look: Look): Entry[] {
  return startsBetween(entries, look).filter(({ submittedAt }) => submittedAt > look.at);
}

function checkLook(entries: readonly Entry[], look: Look): void {
  const passers = passersOf(entries, look);
  const starts = startsBetween(entries, look).length - passers.length;
  assert.equal(starts, look.position, "as many of those who waited start before it as were told");
  const turns = turnsOf(entries, look);
  for (const [user, passing] of Map.groupBy(passers, ({ user }) => user)) {
    // One, of a user who has one waiting.
    const most = user === look.entry.user ? 0 : turns;
    assert.ok(passing.length <= most, `${passing.length} of ${user} pass, of ${most}`);
  }
}

Deno.test("as many start before a task as its user was told, and of those who come later at most one of each", async () => {
  let [looks, passed] = [0, 0];
  await withProject(async (url) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await fc.assert(
        fc.asyncProperty(histories, async (steps) => {
          await sql`begin`;
          try {
            const { entries, looks: seen } = await liveHistory(sql, steps);
            for (const look of seen) checkLook(entries, look);
            looks += seen.length;
            passed += seen.filter((look) => passersOf(entries, look).length > 0).length;
          } finally {
            await sql`rollback`;
          }
        }),
        { numRuns: HISTORIES, seed: 1 },
      );
    } finally {
      await sql.end();
    }
  });
  assert.ok(looks > 2 * HISTORIES && passed > 20, `${looks} looks, ${passed} passed`);
});

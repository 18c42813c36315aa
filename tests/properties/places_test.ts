import assert from "node:assert/strict";
import fc from "fast-check";
import postgres from "postgres";
import { withProject } from "./database.ts";
import { type Entry, histories, type Look, PlaceHistory } from "./place_history.ts";

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

function checkLook(entries: readonly Entry[], look: Look): void {
  const { at, entry, position } = look;
  const between = startsBetween(entries, look);
  const [later, earlier] = [
    between.filter(({ submittedAt }) => submittedAt > at),
    between.filter(({ submittedAt }) => submittedAt <= at),
  ];
  assert.equal(earlier.length, position, "starts before it are as many as were told");
  const turns = turnsOf(entries, look);
  for (const [user, passing] of Map.groupBy(later, ({ user }) => user)) {
    const most = user === entry.user ? 0 : turns;
    assert.ok(passing.length <= most, `${passing.length} of ${user} pass, of ${most}`);
  }
}

Deno.test("as many start before a task as its user was told, and of those who come later at most one of each", async () => {
  let [looks, firsts, passed] = [0, 0, 0];
  await withProject(async (url) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await fc.assert(
        fc.asyncProperty(histories, async (steps) => {
          await sql`begin`;
          try {
            const history = new PlaceHistory(sql);
            await history.live(steps);
            for (const look of history.looks) checkLook(history.entries, look);
            looks += history.looks.length;
            firsts += history.looks.filter((look) => turnsOf(history.entries, look) === 1).length;
            passed += history.looks.filter((look) =>
              startsBetween(history.entries, look).some((one) =>
                one.submittedAt > look.at
              )
            ).length;
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
});

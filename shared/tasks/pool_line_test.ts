import assert from "node:assert/strict";
import { LINE_LENGTH, type PoolLine, startOf, startsBefore } from "./pool_line.ts";

const line: PoolLine = {
  turns: [3, 3, 4, 7],
  messageIds: [10, 12, 11, 20],
  firstStartSeconds: 10,
  lastStartSeconds: 50,
  isPausedForGood: false,
};
const empty: PoolLine = { ...line, turns: [], messageIds: [], lastStartSeconds: 10 };

Deno.test("who has the lower turn starts before, and of the same turn who came first", () => {
  const before = (turn: number, messageId: number): number =>
    startsBefore(line, { turn, messageId });
  assert.deepEqual(line.turns.map((turn, place) => before(turn, line.messageIds[place] ?? 0)), [
    ...[0, 1, 2, 3],
  ]);
  assert.equal(before(3, 11), 1, "not in the line yet");
  assert.equal(before(7, 21), 4);
  assert.equal(startsBefore(empty, { turn: 5, messageId: 1 }), 0);
});

Deno.test("a task starts the later the more are before it", () => {
  const start = (turn: number, messageId: number): number => startOf(line, { turn, messageId });
  assert.deepEqual([start(3, 10), start(3, 12), start(4, 11), start(7, 20)], [10, 20, 30, 40]);
  assert.equal(start(7, 21), 50, "behind all of them");
  assert.equal(start(11, 30), 50, "whatever its turn");
  assert.equal(startOf(empty, { turn: 11, messageId: 30 }), 10);
});

Deno.test("behind a line that is longer than what is known, others lie as densely", () => {
  const places = Array.from({ length: LINE_LENGTH }, (_, place) => place);
  const long: PoolLine = { ...line, turns: places, messageIds: places };
  const start = (turn: number): number => startOf(long, { turn, messageId: 5_000 });
  assert.equal(start(1_000), 50);
  assert.equal(start(3_000), 10 + 3 * 40);
  const equal: PoolLine = { ...long, turns: places.map(() => 3) };
  assert.equal(startOf(equal, { turn: 9, messageId: 5_000 }), 50, "where all have the same turn");
});

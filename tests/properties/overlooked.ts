import assert from "node:assert/strict";
import {
  type Counted,
  countedResults,
  inFlight,
  isClosed,
  poolsOf,
  probesOf,
  sumOf,
  waitingIn,
} from "./capacity.ts";
import type { ClaimCall } from "./claims.ts";
import { startOf } from "./passing.ts";
import {
  isAhead,
  isFinal,
  isHeld,
  type Lane,
  type Pool,
  type Snapshot,
  type Task,
  taskById,
} from "./snapshot.ts";
import type { World } from "./world.ts";

/** What a lane lets through is given: another lane, or what is held back, is in nobody's way. */
export function checkNothingOverlooked(
  lane: Lane,
  look: ClaimCall,
  before: Snapshot,
  after: Snapshot,
  world: World,
): void {
  const name = (task: Task | undefined): string | undefined => task && world.nameOf(task.id);
  // Who holds something looks for none of those.
  if (!look.freeBytes && look.given.length === 0) {
    const lost = after.rows.tasks.find((task) => isLostPoll(task, lane, after, world));
    assert.equal(name(lost), undefined, "accepted work that was lost");
  }
  // What belongs to no task, or to a lost one, takes the place of what is due, once.
  if (!hasStrays(`${lane.provider}_polls`, before)) {
    assert.equal(name(duePoll(lane, after)), undefined, "a poll that was due");
  }
  if (isClosed(lane, after)) return;
  if (inFlight(after, lane.provider).length >= lane.max_in_flight) return;
  if (lane.paused_until !== null && probesOf(lane, after).length > 0) return;
  for (const pool of poolsOf(lane.provider, after)) {
    assert.equal(name(startable(lane, pool, look, after)), undefined, "it might have started");
  }
}

function hasStrays(name: string, { rows }: Snapshot): boolean {
  return rows.messages.some(({ queue, msg_id }) =>
    queue === name &&
    !rows.tasks.some((task) =>
      task.queue === name && task.message_id === msg_id && task.claims_without_outcome === 0
    )
  );
}

function isLostPoll(task: Task, { provider }: Lane, after: Snapshot, world: World): boolean {
  return task.provider === provider && task.handle !== null && task.losses_alone < 2 &&
    (!isFinal(task) || task.winds_down) && task.claims_without_outcome > 0 &&
    !isHeld(task, after) && !world.lost.has(task.id);
}

/** Accepted work whose message is due. */
function duePoll({ provider }: Lane, after: Snapshot): Task | undefined {
  const pacing = after.rows.pacing.find((one) => one.provider === provider);
  if (isAhead(pacing?.next_poll_at ?? null, after)) return undefined;
  const queue = `${provider}_polls`;
  return after.rows.messages
    .filter((message) => message.queue === queue && !isAhead(message.vt, after))
    .flatMap(({ msg_id }) =>
      after.rows.tasks.find((task) => task.queue === queue && task.message_id === msg_id) ?? []
    )
    .find((task) => (!isFinal(task) || task.winds_down) && !isHeld(task, after));
}

/** A task of a pool that has room for it. */
function startable(
  lane: Lane,
  pool: Pool,
  look: ClaimCall,
  after: Snapshot,
): Task | undefined {
  if (isAhead(pool.rate_limited_until, after)) return undefined;
  if (inFlight(after, lane.provider, pool.name).length >= pool.max_in_flight) return undefined;
  const waiting = waitingIn(lane.provider, pool.name, after);
  const [first] = waiting;
  if (!first || waiting.some((task) => mustWait(task, look, after))) return undefined;
  const allowed = lane.results_per_minute;
  if (allowed === null) return first;
  const counted = countedResults(lane.provider, after);
  const left = allowed - sumOf(counted);
  if (left <= 0) return undefined;
  const fits = (task: Task): boolean => task.result_count <= left || left === allowed;
  // Half-open, whoever has failed lets others try first.
  if (lane.paused_until !== null) return waiting.every(fits) ? first : undefined;
  if (fits(first)) return first;
  return waiting.slice(1).find((task) =>
    task.result_count <= left && delaysNobody(task, first, counted, allowed, after)
  );
}

/** Whether a larger one surely starts no later for one that passes it, whenever calls are sent. */
function delaysNobody(
  task: Task,
  larger: Task,
  counted: readonly Counted[],
  allowed: number,
  { at }: Snapshot,
): boolean {
  const nobodyKnows = at + 3_600_000;
  const window = counted.map((one) =>
    one.until >= at + 60_000 ? { ...one, until: nobodyKnows } : one
  );
  const [start = Infinity] = startOf([larger], window, allowed, at);
  const passer = { results: task.result_count, until: nobodyKnows };
  return start < nobodyKnows && startOf([larger], [...window, passer], allowed, at)[0] === start;
}

/** It waits at the head of its pool for a worker with more life or memory. */
function mustWait(
  task: Task,
  { given, lifeSeconds, freeBytes }: ClaimCall,
  after: Snapshot,
): boolean {
  if (task.max_call_seconds > (lifeSeconds ?? Infinity)) return true;
  const taken = given.reduce((sum, { id }) => sum + (taskById(after, id)?.input_bytes ?? 0), 0);
  return given.length > 0 && task.input_bytes > 0 &&
    task.input_bytes > (freeBytes ?? Infinity) - taken;
}

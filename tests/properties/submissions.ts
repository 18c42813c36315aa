import assert from "node:assert/strict";
import { checkBudgets, exceededOfUser } from "./budgets.ts";
import { countedResults, inFlight, sumOf } from "./capacity.ts";
import type { Request, Submission } from "./operations.ts";
import { isAhead, isBlocked, isFinal, type Snapshot, type Task, taskById } from "./snapshot.ts";
import type { World } from "./world.ts";

/** Also where the request is known, and an operator's. */
const REFUSED_AS_BLOCKED = {
  ...{ id: null, status: null, replayed: false, conflicts: [] },
  ...{ exceeded: "user_is_blocked", retryAfter: null },
};

/** A new task, the live one under the same name, or a refusal, which changes nothing. */
export function checkSubmission(
  submission: Submission,
  request: Request,
  live: Task | undefined,
  before: Snapshot,
  after: Snapshot,
  { activeAllowed, caps }: World,
): void {
  const { id, status, replayed, conflicts, exceeded, retryAfter } = submission;
  if (isBlocked(request.userId, before)) {
    const refusal = { id, status, replayed, conflicts: [...conflicts], exceeded, retryAfter };
    assert.deepEqual(refusal, REFUSED_AS_BLOCKED, "nothing is accepted of a blocked user");
    assert.deepEqual(after.rows, before.rows, "a refusal changes nothing");
    return;
  }
  assert.notEqual(exceeded, "user_is_blocked");
  if (live) {
    assert.deepEqual([id, status, replayed, exceeded], [live.id, live.status, true, null]);
    assert.deepEqual(conflicts, conflictsOf(request, live));
    assert.deepEqual(after.rows, before.rows, "a replay changes nothing");
    return;
  }
  assert.deepEqual([replayed, conflicts], [false, []]);
  const { isLimited = true, userId } = request;
  const isFull = isLimited && activeOf(userId, before) >= (activeAllowed ?? Infinity);
  assert.equal(exceeded === "active_tasks", isFull, "how many tasks a user may have");
  const overUser = isFull || !isLimited ? undefined : exceededOfUser(request, before, caps);
  if (!isFull && isLimited) {
    assert.ok(overUser === undefined || exceeded === overUser, "a user's cap");
  }
  if (exceeded !== null) {
    assert.equal(id, null);
    assert.deepEqual(after.rows, before.rows, "a refusal changes nothing");
    assert.ok(isLimited, "an operator is refused nothing");
    if (exceeded === overUser || checkBudgets(submission, request, before, caps)) return;
    assert.ok(retryAfter !== null && retryAfter >= 1 && retryAfter <= 900, "when to come again");
    if (isFull) return;
    assert.equal(exceeded, "time_limit");
    assert.ok(isHeldUp(request, before), "a request that could start at once was refused");
    return;
  }
  assert.ok(!isLimited || !startsTooLate(request, before), "it cannot start within its time");
  if (isLimited) checkBudgets(submission, request, before, caps);
  if (request.isDryRun) {
    assert.equal(id, null);
    assert.deepEqual(after.rows, before.rows, "a dry run changes nothing");
    return;
  }
  assert.ok(id !== null);
  assert.equal(taskById(before, id), undefined, "a new task is new");
  assert.deepEqual([taskById(after, id)?.status, status], ["pending", "pending"]);
  assert.equal(after.rows.messages.length, before.rows.messages.length + 1);
}

function conflictsOf({ parameters, provider }: Request, live: Task): string[] {
  return [
    live.parameters["prompt"] === parameters["prompt"] ? [] : "prompt",
    live.provider === provider ? [] : "provider",
  ].flat();
}

/** Also what was given up, as long as the provider works on it. */
function activeOf(userId: string, { rows }: Snapshot): number {
  return rows.tasks.filter((task) => task.user_id === userId && (!isFinal(task) || task.winds_down))
    .length;
}

function pausesOf({ provider, pool }: Request, { rows }: Snapshot): (string | null)[] {
  return [
    ...rows.lanes.filter((one) => one.provider === provider)
      .flatMap(({ paused_until, rate_limited_until }) => [paused_until, rate_limited_until]),
    ...rows.pools.filter((one) => one.provider === provider && one.name === pool)
      .map(({ rate_limited_until }) => rate_limited_until),
  ];
}

/** Nothing else is needed to know that it is too late. */
function startsTooLate(request: Request, before: Snapshot): boolean {
  const end = before.at + (request.seconds - (request.leastRun ?? 0)) * 1000;
  return pausesOf(request, before).some((until) =>
    isAhead(until, before) && Date.parse(until ?? "") > end + 3000
  );
}

/** Whether anything at all stands before a request. */
function isHeldUp(request: Request, before: Snapshot): boolean {
  const { provider, pool, results } = request;
  if (pausesOf(request, before).some((until) => isAhead(until, before))) return true;
  const lane = before.rows.lanes.find((one) => one.provider === provider);
  const own = before.rows.pools.find((one) => one.provider === provider && one.name === pool);
  assert.ok(lane && own);
  const waiting = before.rows.tasks.filter((task) =>
    task.provider === provider && task.pool === pool && !isFinal(task) && task.handle === null &&
    task.lease_expires_at === null
  );
  const calls = inFlight(before, provider).length + waiting.length;
  const ownCalls = inFlight(before, provider, pool).length + waiting.length;
  if (calls >= lane.max_in_flight || ownCalls >= own.max_in_flight) return true;
  if (lane.results_per_minute === null) return false;
  const ahead = waiting.reduce((sum, task) => sum + task.result_count, 0);
  const counted = sumOf(countedResults(provider, before));
  return counted + ahead + results > lane.results_per_minute;
}

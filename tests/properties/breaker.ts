import assert from "node:assert/strict";
import { isAhead, type Lane, type Snapshot, type Task } from "./snapshot.ts";
import type { Settlement } from "./settle.ts";

type Failure = Settlement & { kind: "failure" };

const FAILURES = 5;
const OF_PROVIDER = ["provider_unavailable", "timeout", "provider_auth", "provider_credits"];
const OF_ACCOUNT = ["provider_auth", "provider_credits"];

/** Failures of a lane since its last success, by user; those of its probes, and of who has left, are nobody's. */
type Row = readonly { readonly user: string | undefined }[];

/** What calls have said of the providers, in order: which pauses must come of it, and which must not. */
export class Breaker {
  readonly #rows = new Map<string, Row>();
  /** Failures of each user in a lane since the own last success. */
  readonly #own = new Map<string, number>();
  /** How many successes of a lane there were before a user's last failure. */
  readonly #successesBefore = new Map<string, number>();
  readonly #successes = new Map<string, number>();

  /** A provider has accepted a task, or done it at once. */
  succeed({ provider, user_id }: Task, after: Snapshot): void {
    this.#rows.set(provider, []);
    this.#own.delete(`${provider} ${user_id}`);
    this.#successes.set(provider, (this.#successes.get(provider) ?? 0) + 1);
    const isFailing = after.rows.failing.some((one) =>
      one.provider === provider && one.user_id === user_id
    );
    assert.ok(!isFailing, "who has succeeded does not fail");
    const lane = laneOf(provider, after);
    assert.equal(lane.consecutive_failures, 0, "a success ends the failures");
    assert.ok(lane.paused_until === null || isAhead(lane.paused_until, after), "no more probes");
  }

  /** A user who has left is no user with failures. */
  leave(user: string): void {
    for (const key of [...this.#own.keys()].filter((one) => one.endsWith(` ${user}`))) {
      this.#own.delete(key);
    }
    for (const [lane, row] of this.#rows) {
      this.#rows.set(lane, row.map((one) => one.user === user ? { user: undefined } : one));
    }
  }

  /** A call has failed before it was accepted. */
  fail(task: Task, failure: Failure, before: Snapshot, after: Snapshot): void {
    const lane = laneOf(task.provider, before);
    const now = laneOf(task.provider, after);
    const isOld = isOlder(task, lane.paused_until, before) ||
      isOlder(task, pauseOf(task, before), before);
    if (!OF_PROVIDER.includes(failure.code) || failure.isOwnCut || isOld) {
      assert.equal(now.paused_until, lane.paused_until, "it says nothing of the provider");
      assert.deepEqual(after.rows.failing, before.rows.failing, "nor of the user");
      return;
    }
    if (lane.paused_until !== null) {
      assert.ok(isAhead(now.paused_until, after), "a probe that fails pauses the lane again");
      assert.deepEqual(after.rows.failing, before.rows.failing, "and says nothing of its user");
      this.#rows.set(lane.provider, [...this.#rowOf(lane.provider), { user: undefined }]);
      return;
    }
    this.#failOfUser(task, failure, before, after);
  }

  #failOfUser(task: Task, failure: Failure, before: Snapshot, after: Snapshot): void {
    const { provider, user_id: user } = task;
    const key = `${provider} ${user}`;
    const isAccount = OF_ACCOUNT.includes(failure.code);
    const row = [...this.#rowOf(provider), { user: user ?? undefined }];
    const own = (this.#own.get(key) ?? 0) + 1;
    const users = new Set(row.flatMap((one) => one.user ?? [])).size;
    const pause = pauseOf(task, before);
    const hadPause = pause !== null && !isAhead(pause, before);
    const successes = this.#successes.get(provider) ?? 0;
    const isLoneProbe = hadPause && this.#successesBefore.get(key) === successes;
    this.#rows.set(provider, row);
    this.#own.set(key, own);
    this.#successesBefore.set(key, successes);

    const isUserPaused = isAhead(pauseOf(task, after), after);
    assert.equal(isUserPaused, own >= FAILURES || isAccount || isAhead(pause, before), "its user");
    const mustPause = (users > 1 && (row.length >= FAILURES || isAccount)) || isLoneProbe;
    const isPaused = isAhead(laneOf(provider, after).paused_until, after);
    assert.equal(isPaused, mustPause, `the lane after ${row.length} failures of ${users}`);
  }

  #rowOf(lane: string): Row {
    return this.#rows.get(lane) ?? [];
  }
}

function laneOf(name: string, { rows }: Snapshot): Lane {
  const lane = rows.lanes.find(({ provider }) => provider === name);
  assert.ok(lane);
  return lane;
}

/** What had begun before the end of a pause is what the pause is for. */
function isOlder({ id }: Task, pause: string | null, { rows }: Snapshot): boolean {
  const last = rows.calls.filter(({ task_id }) => task_id === id).at(-1);
  return pause !== null && last !== undefined && Date.parse(last.started_at) < Date.parse(pause);
}

function pauseOf({ provider, user_id }: Task, { rows }: Snapshot): string | null {
  const failing = rows.failing.find((one) => one.provider === provider && one.user_id === user_id);
  return failing?.paused_until ?? null;
}

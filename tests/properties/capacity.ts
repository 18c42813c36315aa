import {
  type Call,
  isAhead,
  isFinal,
  type Lane,
  type Pool,
  type Snapshot,
  type Task,
  taskById,
} from "./snapshot.ts";

const MINUTE = 60_000;

/**
 * Calls of a lane or of one of its pools that the provider may be at. Those of users who are deleted
 * nobody can ask for.
 */
export function inFlight(snapshot: Snapshot, lane: string, pool?: string): Call[] {
  return snapshot.rows.calls.filter((call) =>
    call.provider === lane && (pool === undefined || call.pool === pool) &&
    call.outcome === null && call.task_id !== null
  );
}

/** Calls that find out whether the provider works again; what began before the pause finds out nothing. */
export function probesOf({ provider, paused_until }: Lane, snapshot: Snapshot): Call[] {
  const since = Date.parse(paused_until ?? "");
  return inFlight(snapshot, provider).filter((call) =>
    call.handle === null && Date.parse(call.started_at) >= since
  );
}

/** Results that a provider counts, and until when: for a minute from when it was asked for them. */
export interface Counted {
  readonly results: number;
  readonly until: number;
  /** Undefined for what is only thought of. */
  readonly callId?: number;
}

/** A call that is still to be sent counts as if it were sent now. */
export function countedResults(lane: string, { rows, at }: Snapshot): Counted[] {
  return rows.calls
    .filter(({ provider }) => provider === lane)
    .map(({ id, sent_at, started_at, outcome, result_count }) => {
      const unsent = outcome === null ? at : Date.parse(started_at);
      const sent = sent_at === null ? unsent : Date.parse(sent_at);
      return { results: result_count, until: sent + MINUTE, callId: id };
    })
    .filter(({ until }) => until > at);
}

export function sumOf(counted: readonly Counted[]): number {
  return counted.reduce((sum, { results }) => sum + results, 0);
}

/** Whether a lane lets nothing start, for as long as the provider asked for or failed. */
export function isClosed(lane: Lane, snapshot: Snapshot): boolean {
  return isAhead(lane.paused_until, snapshot) || isAhead(lane.rate_limited_until, snapshot);
}

export function poolsOf(lane: string, { rows }: Snapshot): Pool[] {
  return rows.pools.filter(({ provider }) => provider === lane);
}

/** Whether the failures of a user keep its tasks of a lane from starting: paused, or one is tried. */
export function isHeldBack(userId: string | null, lane: string, snapshot: Snapshot): boolean {
  const failing = snapshot.rows.failing.find((one) =>
    one.provider === lane && one.user_id === userId
  );
  if (!failing || failing.paused_until === null) return false;
  const since = Date.parse(failing.paused_until);
  return isAhead(failing.paused_until, snapshot) ||
    inFlight(snapshot, lane).some((call) =>
      call.handle === null && Date.parse(call.started_at) >= since &&
      taskById(snapshot, call.task_id ?? "")?.user_id === userId
    );
}

/** Tasks of a pool that could be started now, if there is room: the first comes first. */
export function waitingIn(lane: string, pool: string, snapshot: Snapshot): Task[] {
  const visible = new Set(
    snapshot.rows.messages
      .filter((message) => message.queue === lane && !isAhead(message.vt, snapshot))
      .map(({ msg_id }) => msg_id),
  );
  return snapshot.rows.tasks
    .filter((task) =>
      task.provider === lane && task.pool === pool && !isFinal(task) && task.handle === null &&
      task.lease_expires_at === null && visible.has(Number(task.message_id)) &&
      !isHeldBack(task.user_id, lane, snapshot)
    )
    .sort((left, right) =>
      left.turn - right.turn || Number(left.message_id) - Number(right.message_id)
    );
}

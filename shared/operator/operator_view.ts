import type { OperatorBody } from "../contract/operator/answers.ts";
import type { Database } from "../database.ts";
import { type OperatorAction, readActions } from "./read_actions.ts";
import { readAlerts } from "./read_alerts.ts";
import { readBudgets } from "./read_budgets.ts";
import { type LaneView, readLanes, stateOfLane } from "./read_lanes.ts";
import { readRefusedUsers } from "./read_refused_users.ts";
import { readSubmitPause } from "./read_submit_pause.ts";
import { readTotals, type Totals } from "./read_totals.ts";

const MOST_ACTIONS = 50;
const MOST_USERS = 100;

/** All that an operator is shown at once. What is read is that of about one moment, not of one. */
export async function readOperatorView(sql: Database): Promise<OperatorBody> {
  const [lanes, totals, pause, budgets, alerts, users, dearest, actions] = await Promise.all([
    readLanes(sql),
    readTotals(sql),
    readSubmitPause(sql),
    readBudgets(sql),
    readAlerts(sql),
    readRefusedUsers(sql, MOST_USERS),
    readDearestUsers(sql),
    readActions(sql, MOST_ACTIONS),
  ]);
  return {
    lanes: lanes.map(laneOf),
    queue: queueOf(totals),
    submits: {
      paused_since: textOf(pause.since),
      message: pause.message,
      retry_after_seconds: pause.retryAfterSeconds,
    },
    spending: budgets.map(({ scope, name, period, used, cap }) => (
      { scope, name, period, used_usd: Number(used), cap_usd: cap === null ? null : Number(cap) }
    )),
    alerts: alerts.map(({ code, severity, subject, message, since }) => (
      { code, severity, subject, message, since: textOf(since) }
    )),
    refused_users: users.map(({ since, until, ...user }) => (
      { ...user, since: textOf(since), until: textOf(until) }
    )),
    dearest_users: [...dearest],
    recent_actions: actions.map(actionOf),
  };
}

function laneOf(lane: LaneView): OperatorBody["lanes"][number] {
  const { failure, failedAt, words } = lane;
  return {
    provider: lane.lane,
    state: stateOfLane(lane),
    paused_until: textOf(lane.pausedUntil),
    paused_until_resumed: lane.pausedFor === Infinity,
    busy_until: textOf(lane.busyUntil),
    waiting: lane.ready,
    polled: lane.polls,
    in_flight: lane.inFlight,
    max_in_flight: lane.maxInFlight,
    consecutive_failures: lane.failures,
    paused_users: lane.pausedUsers,
    busy_pools: [...lane.busyPools],
    sent_away: lane.sentAway,
    failure: failure !== null && failedAt !== null
      ? { code: failure, message: words, at: failedAt.toISOString() }
      : null,
  };
}

function queueOf(totals: Totals): OperatorBody["queue"] {
  return {
    pending: totals.pending,
    processing: totals.processing,
    last_hour: { complete: totals.completeHour, failed: totals.failedHour },
    last_day: { complete: totals.completeDay, failed: totals.failedDay },
    workers: totals.workers,
    connections: totals.connections,
    max_connections: totals.maxConnections,
    database_bytes: totals.databaseBytes,
  };
}

function actionOf(
  { id, at, actor, operatorId, email, action, request, result, subjectId }: OperatorAction,
): OperatorBody["recent_actions"][number] {
  return {
    id,
    at: at.toISOString(),
    actor,
    operator_id: operatorId,
    operator_email: email,
    action,
    request,
    result,
    user_id: subjectId,
  };
}

async function readDearestUsers(
  sql: Database,
): Promise<readonly OperatorBody["dearest_users"][number][]> {
  return await sql<OperatorBody["dearest_users"][number][]>`
    select user_id as id, plan, tasks::integer, round(usd, 2)::float8 as usd
    from monitoring.dearest_users
    order by usd desc
  `;
}

function textOf(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}

import type { OperatorActionBody, OperatorBody } from "../contract/operator/answers.ts";

const OPERATOR = "00000000-0000-4000-8000-000000000003";
const USER = "00000000-0000-4000-8000-000000000001";

/** What an operator is shown: one lane is paused by hand, another by its failures. */
export const operatorView: OperatorBody = {
  lanes: [
    {
      provider: "openai",
      state: "paused",
      paused_until: null,
      paused_until_resumed: true,
      busy_until: null,
      waiting: 12,
      polled: 0,
      in_flight: 2,
      max_in_flight: 5,
      consecutive_failures: 0,
      paused_users: 0,
      busy_pools: [],
      sent_away: 0,
      failure: null,
    },
    {
      provider: "tripo",
      state: "half_open",
      paused_until: "2026-11-29T09:31:00.000Z",
      paused_until_resumed: false,
      busy_until: null,
      waiting: 3,
      polled: 1,
      in_flight: 1,
      max_in_flight: 10,
      consecutive_failures: 5,
      paused_users: 1,
      busy_pools: [],
      sent_away: 0,
      failure: {
        code: "provider_unavailable",
        message: "The service answered 500",
        at: "2026-11-29T09:30:45.000Z",
      },
    },
  ],
  queue: {
    pending: 15,
    processing: 3,
    last_hour: { complete: 87, failed: 5 },
    last_day: { complete: 1_204, failed: 31 },
    workers: 1,
    connections: 18,
    max_connections: 60,
    database_bytes: 41_943_040,
  },
  submits: {
    paused_since: null,
    message: "Maintenance; nothing new is accepted for a while",
    retry_after_seconds: 60,
  },
  spending: [
    { scope: "project", name: "project", period: "day", used_usd: 12.4, cap_usd: 40 },
    { scope: "provider", name: "openai", period: "day", used_usd: 9.1, cap_usd: 25 },
  ],
  alerts: [{
    code: "lane_paused",
    severity: "warning",
    subject: "openai",
    message:
      "It starts nothing until somebody ends the pause. Look at the provider's status page; " +
      "if it works, open the lane: deno task lanes resume.",
    since: "2026-11-29T09:30:00.000Z",
  }],
  refused_users: [{
    id: USER,
    email: "test@example.com",
    state: "blocked",
    reason: "Spam",
    since: "2026-11-29T09:00:00.000Z",
    until: null,
  }],
  dearest_users: [{ id: USER, plan: "default", tasks: 40, usd: 2.12 }],
  recent_actions: [{
    id: 7,
    at: "2026-11-29T09:30:00.000Z",
    actor: "operator",
    operator_id: OPERATOR,
    operator_email: "operator@example.com",
    action: "pause_lane",
    request: { provider: "openai", reason: "The bill of November" },
    result: {},
    user_id: null,
  }],
};

/** The answer to a block. */
export const operatorAction: OperatorActionBody = {
  id: 8,
  action: "block_user",
  result: { tasks_canceled: 3 },
};

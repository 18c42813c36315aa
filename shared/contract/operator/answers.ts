import { z } from "zod";

const count = z.int().min(0);
const time = z.iso.datetime();
const usd = z.number().describe("USD");

const lane = z.object({
  provider: z.string(),
  state: z.enum(["open", "busy", "half_open", "paused"]).describe(
    "busy: the provider was asked too often; half_open: one task at a time is tried after a pause",
  ),
  paused_until: time.nullable()
    .describe("The end of the pause; null: none, or until somebody resumes it"),
  paused_until_resumed: z.boolean(),
  busy_until: time.nullable(),
  waiting: count.describe("Tasks to be started"),
  polled: count.describe("Tasks that the provider has accepted, and is asked about"),
  in_flight: count,
  max_in_flight: count,
  consecutive_failures: count,
  paused_users: count.describe("Users who are paused in this lane for failures of their own"),
  busy_pools: z.array(z.string()),
  sent_away: count.describe(
    "Tasks that the busy provider has sent away, and that wait to try again",
  ),
  failure: z.object({
    code: z.string(),
    message: z.string().nullable().describe("The words of the provider"),
    at: time,
  }).nullable().describe("How the provider failed last, within a day"),
});

const ended = z.object({ complete: count, failed: count });

const queue = z.object({
  pending: count,
  processing: count,
  last_hour: ended,
  last_day: ended,
  workers: count.describe("Workers that are at work"),
  connections: count.describe("Connections to the database"),
  max_connections: count,
  database_bytes: count,
});

const submits = z.object({
  paused_since: time.nullable().describe("Null: submits are accepted"),
  message: z.string().describe("What apps are told while they are paused"),
  retry_after_seconds: count,
});

const budget = z.object({
  scope: z.enum(["project", "provider", "key"]),
  name: z.string().describe("project, the name of the provider, or the prefix of the key"),
  period: z.enum(["day", "month"]),
  used_usd: usd.describe("Spent, and reserved for what has not ended"),
  cap_usd: usd.nullable().describe("Null: no cap"),
});

const alert = z.object({
  code: z.string(),
  severity: z.string().describe("critical or warning"),
  subject: z.string(),
  message: z.string().describe("What is wrong, and what to do about it"),
  since: time.nullable(),
});

const refusedUser = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  state: z.enum(["blocked", "banned in Auth"]),
  reason: z.string().nullable(),
  since: time.nullable(),
  until: time.nullable().describe("Null: until somebody ends it"),
});

const dearUser = z.object({
  id: z.uuid(),
  plan: z.string().nullable(),
  tasks: count,
  usd: usd.describe("USD of today, with what is reserved"),
});

/** One row of the log of operators. */
const recentAction = z.object({
  id: z.int(),
  at: time,
  actor: z.enum(["operator", "command"]).describe("A signed-in operator, or a command"),
  operator_id: z.uuid().nullable().describe("Who did it; null for a command"),
  operator_email: z.string().nullable().describe("As Auth had it then"),
  action: z.string(),
  request: z.record(z.string(), z.unknown()).describe("The fields of the request but user"),
  result: z.record(z.string(), z.unknown()),
  user_id: z.uuid().nullable().describe("The user whom it is about, as long as there is one"),
});

/** Body of the answer that shows an operator what goes on. */
export const operatorBody = z.object({
  lanes: z.array(lane).describe(
    "Each lane by name: what waits and is under way, and why it rests",
  ),
  queue: queue.describe("What goes on in all lanes together, and what has ended"),
  submits: submits.describe("Whether new requests are accepted"),
  spending: z.array(budget).describe(
    "Each cap there may be, with what is used today or this month",
  ),
  alerts: z.array(alert).describe("The critical first; none: nothing is wrong"),
  refused_users: z.array(refusedUser).describe("Who is blocked or banned, at most 100"),
  dearest_users: z.array(dearUser).describe("The ten who have spent most today"),
  recent_actions: z.array(recentAction).describe(
    "What operators did last, newest first, at most 50",
  ),
});

export type OperatorBody = z.infer<typeof operatorBody>;

/** Body of the answer to what an operator has done. */
export const operatorActionBody = z.object({
  id: z.int().describe("Of the row in the log of operators"),
  action: z.string(),
  result: z.record(z.string(), z.unknown()).describe(
    "What it came to: of block_user tasks_canceled, of unblock_user was_blocked and is_blocked (a ban " +
      "in Auth stays), of resume_submits was_paused; else empty",
  ),
});

export type OperatorActionBody = z.infer<typeof operatorActionBody>;

import { z } from "zod";
import type { Database } from "../../../shared/database.ts";
import { prometheusText } from "./prometheus_text.ts";

/** What a monitoring system collects. */
export interface Metrics {
  /** All numbers of now, in Prometheus' text format. */
  read(): Promise<string>;
}

/** What each number says. A name that is not here is one of a newer database, and left out. */
const HELP: Readonly<Record<string, string>> = {
  makeit3d_queue_messages:
    "Tasks in a queue: ready (to be started) or polls (the provider is at it), also those that are not due.",
  makeit3d_queue_due_messages: "Tasks in a queue that wait for a worker now.",
  makeit3d_queue_oldest_due_seconds: "For how long the first of them has waited; 0 if none does.",
  makeit3d_lane_in_flight_tasks: "Tasks of a provider that are under way.",
  makeit3d_lane_capacity_tasks: "How many of them there may be.",
  makeit3d_lane_paused: "1 while nothing of a provider is started, else 0.",
  makeit3d_lane_consecutive_failures: "Failures of a provider since it last succeeded.",
  makeit3d_ended_tasks_last_hour: "Tasks that ended in the last 60 minutes.",
  makeit3d_ended_tasks_last_day: "Tasks that ended in the last 24 hours.",
  makeit3d_spent_today_usd:
    "USD of a provider since 00:00 UTC, reservations for what has not ended included.",
  makeit3d_spending_cap_today_usd: "USD that a provider may cost in a day; absent without a cap.",
  makeit3d_alerts: "Open alerts of a kind; docs/operations.md has a section for each.",
  makeit3d_live_workers:
    "Workers that have tasks and are in touch; 0 is all right where nothing waits.",
};

const rows = z.array(z.object({
  metric: z.string(),
  labels: z.record(z.string(), z.string()),
  value: z.number(),
}));

/** Whoever asks while somebody else does gets the same: submits need the connections, too. */
export function createMetrics(sql: Database): Metrics {
  let running: Promise<string> | undefined;

  async function read(): Promise<string> {
    const samples = rows.parse(await sql`select metric, labels, value from monitoring.metrics()`);
    return prometheusText(
      Object.entries(HELP).map(([name, help]) => ({
        name,
        help,
        samples: samples.filter(({ metric }) => metric === name),
      })),
    );
  }

  return {
    read: () => running ??= read().finally(() => running = undefined),
  };
}

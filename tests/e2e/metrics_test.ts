import assert from "node:assert/strict";
import { type Family, readPrometheusText } from "../../testing/prometheus_text.ts";
import { followToEnd, signIn, submit, submitTo } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { counts, type Row } from "../support/monitoring/counts.ts";
import { type RawRows, readRawRows } from "../support/monitoring/raw_rows.ts";
import { withFaults } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const URL_OF_METRICS = `${stack.functionsUrl}/generation/metrics`;

async function readMetrics(headers: Record<string, string>): Promise<ReadonlyMap<string, Family>> {
  const response = await fetch(URL_OF_METRICS, { headers });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  return readPrometheusText(await response.text());
}

/** Each number as a line of its own, to compare. */
function linesOf(families: ReadonlyMap<string, Family>): string[] {
  return [...families].flatMap(([name, { samples }]) =>
    samples.map(({ labels, value }) => lineOf(name, labels, value))
  ).sort();
}

function lineOf(name: string, labels: Row, value: unknown): string {
  const sorted = Object.entries(labels).sort(([left], [right]) => left < right ? -1 : 1);
  return `makeit3d_${name.replace(/^makeit3d_/, "")} ${JSON.stringify(sorted)} ${value}`;
}

/** What must be told of these rows, but for alerts and ages: counted by other means than SQL. */
function expectedOf(raw: RawRows): string[] {
  const of = (view: string): Row[] => counts[view]?.(raw) ?? assert.fail(view);
  const today = new Date(raw.now * 1_000).toISOString().slice(0, 10);
  return [
    ...of("queues").flatMap(({ lane, queue, messages, due }) => [
      lineOf("queue_messages", { lane, queue }, messages),
      lineOf("queue_due_messages", { lane, queue }, due),
    ]),
    ...of("lanes").flatMap(({ lane, ...row }) => [
      lineOf("lane_in_flight_tasks", { lane }, row["in_flight"]),
      lineOf("lane_capacity_tasks", { lane }, row["max_in_flight"]),
      lineOf("lane_paused", { lane }, row["paused"] ? 1 : 0),
      lineOf("lane_consecutive_failures", { lane }, row["consecutive_failures"]),
    ]),
    ...of("operations").flatMap(({ period, operation, provider, ...row }) =>
      ["complete", "failed", "canceled"].map((status) =>
        lineOf(`ended_tasks_last_${period}`, { operation, provider, status }, row[status])
      )
    ),
    ...of("spending").filter(({ scope, period, period_start }) =>
      scope === "provider" && period === "day" && period_start === today
    ).flatMap(({ scope_id: provider, used_usd, cap_usd }) => [
      lineOf("spent_today_usd", { provider }, used_usd),
      ...(cap_usd === null ? [] : [lineOf("spending_cap_today_usd", { provider }, cap_usd)]),
    ]),
    lineOf("live_workers", {}, of("workers").filter(({ live }) => live).length),
  ].sort();
}

const APART = /^makeit3d_(alerts|queue_oldest_due_seconds) /;

/** Far above what other tests have spent on this stack today. */
const CAP_USD = 12_345.5;

Deno.test("metrics are what the tables say", async () => {
  const user = await signIn();
  assert.equal((await followToEnd(user, await submit(user))).status, "complete");
  await withFaults([{ kind: "refused", times: 1 }], async () => {
    assert.equal((await followToEnd(user, await submit(user))).status, "failed");
  });
  const later = new Date(Date.now() + 300_000);
  const held = await withLane(
    "recraft",
    { paused_until: later, usd_per_day: CAP_USD },
    async () => {
      const body = { provider: "recraft", prompt: "It waits" };
      const { celery_task_id: id } = await submitTo(user, "text-to-image", body);
      await compare();
      return id;
    },
  );
  assert.equal((await followToEnd(user, held)).status, "complete");
});

async function compare(): Promise<void> {
  const headers = { authorization: `Bearer ${stack.secrets.workerSecret}` };
  const { families, raw } = await waitUntil("a moment in which nothing changes", async () => {
    const raw = await withDatabase((sql) =>
      sql.begin("isolation level repeatable read", readRawRows)
    );
    const families = await readMetrics(headers);
    const told = linesOf(families).filter((line) => !APART.test(line));
    const expected = expectedOf(raw);
    return JSON.stringify(told) === JSON.stringify(expected) && { families, raw };
  });
  const told = linesOf(families);
  assert.ok(told.includes(lineOf("lane_paused", { lane: "recraft" }, 1)));
  assert.ok(told.includes(lineOf("spending_cap_today_usd", { provider: "recraft" }, CAP_USD)));

  const alerts = await withDatabase((sql) =>
    sql<{ code: string; severity: string; count: number }[]>`
      select kinds.code, kinds.severity,
        (select count(*)::integer from monitoring.alerts() as alert where alert.code = kinds.code)
      from monitoring.alert_kinds as kinds
    `
  );
  assert.deepEqual(
    told.filter((line) => line.startsWith("makeit3d_alerts ")),
    alerts.map(({ code, severity, count }) => lineOf("alerts", { code, severity }, count)).sort(),
  );
  assert.ok(told.includes(lineOf("alerts", { code: "lane_paused", severity: "warning" }, 1)));

  const waiting = raw.messages.get("recraft")?.map(({ vt }) => raw.now - vt) ?? [];
  const oldest = families.get("makeit3d_queue_oldest_due_seconds")?.samples.find(({ labels }) =>
    labels["lane"] === "recraft" && labels["queue"] === "ready"
  );
  assert.ok(Math.abs((oldest?.value ?? -1) - Math.max(...waiting)) < 3, JSON.stringify(oldest));
  checkNames(families);
}

/** There is no end of users, keys and tasks: nothing is told by one. */
function checkNames(families: ReadonlyMap<string, Family>): void {
  const known = ["code", "lane", "operation", "provider", "queue", "severity", "status"];
  let length = 0;
  for (const [name, { type, samples }] of families) {
    assert.match(name, /^makeit3d_[a-z][a-z0-9_]*$/);
    assert.equal(type, "gauge");
    length += samples.length;
    for (const { labels } of samples) {
      for (const [label, value] of Object.entries(labels)) {
        assert.ok(known.includes(label), label);
        assert.match(value, /^[a-z0-9_-]{1,30}$/);
      }
    }
  }
  // Five lanes, some twenty pairs of operation and provider, some twenty kinds of alerts.
  assert.ok(length > 60 && length < 500, String(length));
}

Deno.test("metrics are no stranger's", async (t) => {
  const { publishableKey, secretKey } = stack.secrets;
  const { token } = await signIn();
  const strangers: Readonly<Record<string, Record<string, string>>> = {
    "nothing": {},
    "the publishable key": { apikey: publishableKey },
    "the secret key": { apikey: secretKey, authorization: `Bearer ${secretKey}` },
    "a user's token": { apikey: publishableKey, authorization: `Bearer ${token}` },
    "a guess": { authorization: "Bearer guess" },
  };
  for (const [name, headers] of Object.entries(strangers)) {
    await t.step(name, async () => {
      const response = await fetch(URL_OF_METRICS, { headers });
      assert.equal(response.status, 401);
      assert.equal((await response.json()).error, "unauthorized");
    });
  }
});

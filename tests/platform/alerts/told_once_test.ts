import assert from "node:assert/strict";
import type postgres from "postgres";
import { addLane } from "../../load/project.ts";
import { withVirtualTime } from "../../load/virtual_time.ts";
import { installPgNet, sendQueued } from "./pg_net.ts";
import { type Behavior, type Message, type Webhook, withWebhook } from "./webhook.ts";

/** What Discord takes as `content`. */
const MOST_CHARACTERS = 2_000;
const MOST_ALERTS = 10;

interface Scene {
  readonly sql: postgres.Sql;
  readonly webhook: Webhook;
  /** Lets minutes pass, in each of which the schedule posts what is due, and pg_net sends it. */
  pass(minutes: number): Promise<void>;
}

async function withScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  await withVirtualTime(async ({ sql, set }) => {
    await addLane(sql, { name: "p", inFlight: 1 });
    // Short, so that ten of them are no more characters than a message has.
    await sql`update monitoring.alert_kinds set advice = 'Do' where code = 'unlisted_host'`;
    await installPgNet(sql);
    await withWebhook(async (webhook) => {
      let minute = 0;
      const pass = async (minutes: number): Promise<void> => {
        for (const end = minute + minutes; minute < end;) {
          await set(++minute * 60);
          // It lasts.
          await sql`update private.unlisted_hosts set last_seen_at = virtual_time.clock()`;
          await sql`select monitoring.send_alerts(${webhook.url})`;
          await sendQueued(sql);
        }
      };
      await work({ sql, webhook, pass });
    });
  });
}

/** One alert for each host, and critical: told again after an hour. */
async function raiseAlerts(sql: postgres.Sql, count: number, padding = ""): Promise<string[]> {
  const hosts = Array.from({ length: count }, (_, index) => `${index + 1}${padding}.example`);
  for (const host of hosts) {
    await sql`insert into private.unlisted_hosts (provider, host) values ('p', ${host})`;
  }
  return hosts.map((host) => `p ${host}`).sort();
}

const subjectsOf = (messages: readonly Message[]): readonly string[] =>
  messages.flatMap(({ alerts }) => alerts.map(({ subject }) => subject)).sort();

Deno.test("what a receiver has not taken it is told when it is back, and once", async (t) => {
  const troubles: readonly [name: string, behavior: Behavior][] = [
    ["nobody listens", "away"],
    ["it is asked too often (429)", 429],
    ["it fails (500)", 500],
    ["it is slower than anybody waits", "slow"],
  ];
  for (const [name, behavior] of troubles) {
    await t.step(name, async () => {
      await withScene(async ({ sql, webhook, pass }) => {
        await webhook.behave(behavior);
        const subjects = await raiseAlerts(sql, 3);
        await pass(10);
        assert.deepEqual(webhook.taken, []);
        if (behavior !== "away") {
          assert.equal(webhook.countAsked(), 4, "in minutes 1, 2, 4 and 8");
        }
        await webhook.behave(204);
        await pass(10);
        assert.deepEqual(subjectsOf(webhook.taken), subjects);
        await pass(40);
        assert.deepEqual(subjectsOf(webhook.taken), subjects, "not again within an hour");
        await pass(20);
        assert.deepEqual(subjectsOf(webhook.taken), [...subjects, ...subjects].sort());
      });
    });
  }
});

Deno.test("many alerts come as messages that a chat takes, each alert in one of them", async (t) => {
  const cases: readonly [name: string, padding: string, messages: number][] = [
    ["at most ten in each", "", 3],
    ["and at most as many characters as Discord takes", "-".repeat(240), 5],
  ];
  for (const [name, padding, messages] of cases) {
    await t.step(name, async () => {
      await withScene(async ({ sql, webhook, pass }) => {
        const subjects = await raiseAlerts(sql, 25, padding);
        await pass(30);
        assert.deepEqual(subjectsOf(webhook.taken), subjects);
        assert.equal(webhook.taken.length, messages);
        for (const { text, content, alerts } of webhook.taken) {
          assert.equal(text, content);
          assert.ok(content.length <= MOST_CHARACTERS, `${content.length} characters`);
          assert.ok(alerts.length <= MOST_ALERTS, `${alerts.length} alerts`);
          for (const { subject } of alerts) assert.ok(content.includes(subject), "in words, too");
        }
      });
    });
  }
});

Deno.test("of several messages those that failed are sent again, and no other", async () => {
  await withScene(async ({ sql, webhook, pass }) => {
    const subjects = await raiseAlerts(sql, 25);
    await webhook.behave(204, 500, 204);
    await pass(1);
    assert.equal(webhook.countAsked(), 3);
    assert.equal(webhook.taken.length, 2);
    assert.notDeepEqual(subjectsOf(webhook.taken), subjects);
    await pass(30);
    assert.equal(webhook.countAsked(), 4);
    assert.deepEqual(subjectsOf(webhook.taken), subjects);
  });
});

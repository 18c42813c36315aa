import assert from "node:assert/strict";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { withDefaultPlan, withLimits } from "../support/limits.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { withDatabase } from "../support/stack.ts";

/** Dear requests, as an attacker would choose them. */
const REQUESTS = {
  recraft: { model: "recraftv4_pro_vector", n: 6 },
  openai: { size: "1792x1024", quality: "hd", n: 4 },
  stability: {},
} as const;
type Provider = keyof typeof REQUESTS;
const PROVIDERS = ["recraft", "openai", "stability"] as const satisfies readonly Provider[];

interface Defaults {
  readonly plan: Required<NonNullable<Parameters<typeof withDefaultPlan>[0]>>;
  readonly limits: Parameters<typeof withLimits>[0];
}

/** What a project has whose owner changed nothing, where the seed of development has no limits. */
async function readDefaults(): Promise<Defaults> {
  return await withDatabase(async (sql) => {
    const rows = await sql<{ name: string; value: number | null }[]>`
      select
        column_name as name, (regexp_match(column_default, '^''?([0-9.]+)'))[1]::float8 as value
      from information_schema.columns
      where table_schema = 'private' and table_name = 'limits' and column_name like '%_usd_per_%'
    `;
    const migration = await Deno.readTextFile(
      new URL("../../supabase/schemas/10_tables/07_plans.sql", import.meta.url),
    );
    const [, ...numbers] = /\('default', (\d+), (\d+), ([\d.]+), (\d+), (\d+)\)/.exec(migration) ??
      [];
    const [images = NaN, models = NaN, usd = NaN, submits = NaN, active = NaN] = numbers.map(
      Number,
    );
    return {
      plan: {
        ...{ images_per_day: images, models_per_day: models, usd_per_day: usd },
        ...{ submits_per_minute: submits, active_tasks: active },
      },
      limits: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    };
  });
}

async function submit({ token }: NewUser, provider: Provider): Promise<number> {
  const body = { task_id: newTaskId(), provider, prompt: "A cube", ...REQUESTS[provider] };
  const response = await post("text-to-image", body, headersOf(token));
  await response.body?.cancel();
  return response.status;
}

/** Nothing was spent today, and nothing starts: what is reserved stays so. */
async function withFreshDay(work: () => Promise<void>): Promise<void> {
  const { plan, limits } = await readDefaults();
  const closed = { paused_until: new Date(Date.now() + 300_000) };
  await withDatabase(async (sql) => {
    await sql`delete from private.spending_stripes`;
    await sql`delete from private.spending`;
    await sql`delete from private.refused_budgets`;
  });
  await PROVIDERS.reduce(
    (inner, provider) => () => withLane(provider, closed, inner),
    () => withDefaultPlan(plan, () => withLimits(limits, work)),
  )();
}

async function readSpent(): Promise<number> {
  const [row] = await withDatabase((sql) =>
    sql<{ usd: number }[]>`
      select private.used_usd('project', '', day, day)::float8 as usd
      from private.spending_day(now()) as day
    `
  );
  return row?.usd ?? NaN;
}

async function budgetAlerts(): Promise<string[]> {
  const rows = await withDatabase((sql) =>
    sql<{ alert: string }[]>`
      select subject || ' ' || code as alert from monitoring.alerts() where code like 'budget%'
    `
  );
  return rows.map(({ alert }) => alert);
}

Deno.test("one account on the defaults has requests for less than $10 accepted", async () => {
  await withFreshDay(async () => {
    const user = await newUser();
    const statuses: number[] = [];
    for (let number = 0; number < 30; number++) statuses.push(await submit(user, "recraft"));
    assert.deepEqual(new Set(statuses), new Set([202, 429]));
    const spent = await readSpent();
    assert.ok(spent > 1 && spent < 10, `${spent}`);
  });
});

Deno.test("many accounts on the defaults have requests for less than $50 accepted, and the owner is told before", async () => {
  await withFreshDay(async () => {
    for (const provider of PROVIDERS) {
      for (let status = 202, number = 0; status !== 503; number++) {
        assert.ok(number < 200, "there is no cap");
        const user = await newUser();
        const told = await budgetAlerts();
        while ((status = await submit(user, provider)) === 202);
        if (status !== 503) continue;
        const refused = (await budgetAlerts()).find((alert) => alert.endsWith("budget_used"));
        const subject = refused?.replace(" budget_used", "");
        assert.ok(told.some((alert) => alert.startsWith(`${subject} budget_`)), `${subject}`);
      }
    }
    const spent = await readSpent();
    assert.ok(spent > 25 && spent < 50, `${spent}`);
  });
});

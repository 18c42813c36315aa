import assert from "node:assert/strict";
import postgres from "postgres";
import { applyMigrations, applyPlatform } from "./support/migrations.ts";
import { inDatabase, withOwnDatabase } from "./support/own_database.ts";

const CONNECTIONS = 12;
const ACTIONS = 60;
const PROVIDERS = ["flux", "stability", "recraft"];

interface Claim {
  readonly id: string;
  readonly lease: number;
}

/** All that changes what is counted, in no order: as it comes on one connection. */
class Actor {
  readonly #sql: postgres.Sql;
  /** Of all actors. */
  readonly #users: string[];
  readonly #keys: readonly string[];
  readonly #held: Claim[] = [];
  #seed: number;

  constructor(sql: postgres.Sql, users: string[], keys: readonly string[], seed: number) {
    this.#sql = sql;
    this.#users = users;
    this.#keys = keys;
    this.#seed = seed;
  }

  async act(): Promise<void> {
    for (let count = 0; count < ACTIONS; count++) {
      const number = this.#next(44);
      if (number < 16) await this.#submit();
      else if (number < 21) await this.#claim();
      else if (number < 29) await this.#settle();
      else if (number < 32) await this.#purge();
      else if (number < 34) await this.#sql`select private.recover_tasks()`;
      else if (number < 35) await this.#makeOverdue();
      else if (number < 36) await this.#loseWorker();
      else if (number < 38) await this.#block();
      else if (number < 39) await this.#sql`select private.reconcile()`;
      else if (number < 41) await this.#cancel();
      else if (number < 43) {
        await this.#sql`select private.purge_user(${this.#pick(this.#users)}::uuid, 20)`;
      } else await this.#replaceUser();
    }
  }

  /** The same numbers each time; what they meet differs. */
  #next(below: number): number {
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(this.#seed / 65_536) % below;
  }

  #pick<T>(from: readonly [T, ...T[]] | readonly T[]): T {
    const one = from[this.#next(from.length)];
    if (one === undefined) throw new Error("Nothing to pick from");
    return one;
  }

  async #submit(): Promise<void> {
    const user = this.#pick(this.#users);
    await this.#sql`
      select from private.submit_task(
        ${user}::uuid, ${crypto.randomUUID()}::text, 'text-to-image', ${
      this.#pick(PROVIDERS)
    }::text, '{}'::jsonb, 'image', 1, 600, 'request', p_api_key_id => ${
      this.#pick(this.#keys)
    }::uuid, p_estimate_usd => 0.04
      )
      where exists (select from auth.users where id = ${user})
    `.catch(isGone);
  }

  async #claim(): Promise<void> {
    const given = await this.#sql<Claim[]>`
      select id, lease::integer from private.claim_tasks(3, 3, 15)
    `;
    for (const { id, lease } of given) {
      const [call] = await this.#sql`select private.mark_call_sent(${id}, ${lease}) as is_allowed`;
      if (call?.["is_allowed"]) this.#held.push({ id, lease });
    }
  }

  async #settle(): Promise<void> {
    const held = this.#held.shift();
    if (!held) return;
    const outcome = this.#pick([
      { kind: "complete", asset_urls: ["https://a/0.png"], call: { cost_usd: 0.03 } },
      { kind: "complete", asset_urls: ["https://a/0.png"], call: { cost_usd: 0.05 } },
      { kind: "failure", error_code: "content_refused", is_final: true, call: {} },
      {
        ...{ kind: "failure", error_code: "provider_unavailable", is_retryable: true },
        ...{ is_ambiguous: true, delay_seconds: 0, call: {} },
      },
      { kind: "snooze", handle: "job", delay_seconds: 0, call: {} },
    ]);
    await this.#sql`
      select private.settle_task(${held.id}, ${held.lease}, ${this.#sql.json(outcome)})
    `;
  }

  async #purge(): Promise<void> {
    await this.#sql`
      select private.purge_task(user_id, id)
      from (select user_id, id from public.tasks where user_id is not null limit 20) as few
      order by random() limit 1
    `;
  }

  async #cancel(): Promise<void> {
    await this.#sql`
      select private.cancel_task(user_id, id)
      from (select user_id, id from public.tasks where user_id is not null limit 20) as few
      order by random() limit 1
    `;
  }

  async #makeOverdue(): Promise<void> {
    await this.#sql`
      update public.tasks set deadline_at = now() - interval '1 second'
      where id = any (array(
        select id from public.tasks
        where finished_at is null order by random() limit 5 for update skip locked
      ))
    `;
  }

  async #loseWorker(): Promise<void> {
    await this.#sql`
      update public.tasks set lease_expires_at = now() - interval '1 second'
      where id = any (array(
        select id from public.tasks
        where lease_expires_at is not null order by random() limit 3 for update skip locked
      ))
    `;
  }

  async #block(): Promise<void> {
    const user = this.#pick(this.#users);
    await this.#sql`select private.block_user(${user}::uuid, 'Spam')`.catch(isGone);
    await this.#sql`select private.unblock_user(${user}::uuid)`;
  }

  /** A user leaves, and another comes. */
  async #replaceUser(): Promise<void> {
    const place = this.#next(this.#users.length);
    const [old, young] = [this.#users[place] ?? "", crypto.randomUUID()];
    await this.#sql`insert into auth.users (id) values (${young})`;
    this.#users[place] = young;
    await this.#sql`delete from auth.users where id = ${old}`;
  }
}

/** With the statements, where there was a deadlock. */
function describe(error: unknown): string {
  if (!(error instanceof postgres.PostgresError)) return String(error);
  return [error.message, error.detail, error.where].join("\n");
}

/** The user was deleted a moment ago. */
function isGone(error: unknown): void {
  if (!String(error).includes("user_id_fkey")) throw error;
}

async function prepare(sql: postgres.Sql, users: readonly string[]): Promise<string[]> {
  await sql`insert into auth.users (id) select unnest(${users}::uuid[])`;
  const keys = await sql<{ id: string }[]>`
    insert into private.api_keys (prefix, key_hash, client_name, usd_per_day)
    select 'm3d_test_000000' || number, sha256(number::text::bytea), 'App', cap
    from (values (1, null), (2, 5)) as keys (number, cap)
    returning id
  `;
  await sql`update private.plans set submits_per_minute = null, active_tasks = null`;
  // Of each cap less than is asked for.
  await sql`update private.plans set usd_per_day = 3, images_per_day = 100`;
  await sql`
    update private.limits set project_usd_per_day = 9, provider_usd_per_day = 4
  `;
  await sql`update private.content_limits set slow_after = null, block_after = null`;
  return keys.map(({ id }) => id);
}

/** All budgets are what the tasks and the ledger say. */
async function checkBooks(sql: postgres.Sql): Promise<void> {
  await sql`select private.recover_tasks()`;
  const rows = await sql`
    with counted as (
      select provider, sum(usd) as usd
      from (
        select scope_id as provider, used_usd as usd from private.spending where scope = 'provider'
        union all
        select provider, used_usd from private.spending_stripes
      ) as written
      group by provider
    ), reserved as (
      select provider, sum(usd) as usd
      from (
        select provider, reserved_usd as usd from public.tasks
        union all
        select provider, private.call_cost_usd(outcome, cost_usd, estimate_usd)
        from private.provider_calls where task_id is null
      ) as known
      group by provider
    )
    select provider, counted.usd as counted, reserved.usd as reserved
    from counted full join reserved using (provider)
  `;
  assert.ok(rows.length >= PROVIDERS.length);
  for (const { provider, counted, reserved } of rows) {
    assert.equal(counted, reserved, `what is counted for ${provider}`);
  }
  const [left] = await sql`select count(*)::integer as changes from private.spending_changes`;
  assert.equal(left?.["changes"], 0);
}

Deno.test("near every cap, whatever else ends tasks: nobody waits for another for ever", async () => {
  await withOwnDatabase("budgets_lock_order", async (url) => {
    await inDatabase(url, async (sql) => {
      await applyPlatform(sql);
      await applyMigrations(sql);
    });
    const sql = postgres(url, {
      max: CONNECTIONS,
      onnotice: () => {},
      connection: { deadlock_timeout: 100, statement_timeout: 20_000 },
    });
    try {
      const users = Array.from({ length: 4 }, () => crypto.randomUUID());
      const keys = await prepare(sql, users);
      const acts = Array.from(
        { length: CONNECTIONS },
        (_, number) => new Actor(sql, users, keys, number + 1).act(),
      );
      const failures = (await Promise.allSettled(acts))
        .flatMap((act) => act.status === "rejected" ? [describe(act.reason)] : []);
      assert.deepEqual(failures, []);
      await checkBooks(sql);
    } finally {
      await sql.end();
    }
  });
});

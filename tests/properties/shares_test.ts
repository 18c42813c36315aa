import assert from "node:assert/strict";
import postgres from "postgres";
import { withProject } from "./database.ts";
import { claim, type Given, submit } from "./operations.ts";
import { settle, type Settlement } from "./settle.ts";
import { keepInTouch, passTime } from "./time.ts";
import { USERS } from "./vocabulary.ts";

const done: Settlement = { kind: "complete", urls: ["https://files.example.com/0"] };
const busy: Settlement = {
  ...{ kind: "failure", code: "provider_rate_limited", isRetryable: true, isFinal: false },
  ...{ isAmbiguous: false, isOwnCut: false, scope: "pool", delay: 0, retryAfter: null },
};

/** A project with room for all, in which tasks go by name. */
class Scene {
  readonly #sql: postgres.Sql;
  readonly #names = new Map<string, string>();

  constructor(sql: postgres.Sql) {
    this.#sql = sql;
  }

  async submit(user: number, name: string, place: string, results = 1): Promise<void> {
    const [provider = "", pool = ""] = place.split("/");
    const { id } = await submit(this.#sql, {
      ...{ userId: USERS[user]?.id ?? "", clientTaskId: name, operation: "text-to-image" },
      ...{ provider, pool, parameters: {}, results, seconds: 3600, isLimited: false },
    });
    if (id) this.#names.set(id, name);
  }

  /** Claims until there is no more; all calls go out at once. */
  async start(limit: number): Promise<Given[]> {
    const all: Given[] = [];
    while (all.length < limit) {
      const given = await claim(this.#sql, limit - all.length);
      if (given.length === 0) break;
      for (const one of given) await settle(this.#sql, one, { kind: "mark call sent" });
      all.push(...given);
    }
    return all;
  }

  async settle(given: readonly Given[], settlement: Settlement): Promise<void> {
    for (const one of given) await settle(this.#sql, one, settlement);
    await this.#sql`update private.pools set rate_limited_until = null`;
  }

  async pass(seconds: number): Promise<void> {
    await passTime(this.#sql, seconds);
    await keepInTouch(this.#sql);
  }

  namesOf(given: readonly Given[]): string[] {
    return given.map(({ id }) => this.#names.get(id) ?? "");
  }
}

async function inScene(url: string, work: (scene: Scene) => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`begin`;
    await keepInTouch(sql);
    await sql`
      update private.lanes
      set max_in_flight = 100,
        results_per_minute = case provider when 'right' then 6 when 'split' then 5 end
    `;
    await sql`update private.pools set max_in_flight = 100`;
    await work(new Scene(sql));
  } finally {
    await sql.end();
  }
}

Deno.test("nobody loses a turn to somebody who has had more", async (t) => {
  await withProject(async (url) => {
    await t.step("when an old task is tried again and again", () =>
      inScene(url, async (scene) => {
        await scene.submit(0, "old", "left/default");
        let old = await scene.start(1);
        for (let index = 0; index < 20; index++) {
          await scene.submit(1, `bob ${index}`, "left/default");
        }
        await scene.settle(await scene.start(10), done);
        for (let index = 0; index < 10; index++) {
          await scene.settle(old, busy);
          old = await scene.start(1);
        }
        for (let index = 0; index < 5; index++) {
          await scene.submit(2, `carl ${index}`, "left/default");
        }
        const names = scene.namesOf(await scene.start(6));
        assert.equal(
          names.filter((name) => name.startsWith("bob")).length,
          3,
          names.join(),
        );
      }));

    await t.step(
      "when one has asked for much elsewhere meanwhile",
      () =>
        inScene(url, async (scene) => {
          for (let index = 0; index < 10; index++) {
            await scene.submit(0, `ann ${index}`, "left/default");
          }
          for (let index = 0; index < 10; index++) {
            await scene.submit(1, `bob ${index}`, "left/default");
          }
          await scene.pass(10);
          for (let index = 0; index < 20; index++) {
            await scene.submit(0, `away ${index}`, "split/wide");
          }
          await scene.pass(10);
          for (let index = 0; index < 10; index++) {
            await scene.submit(0, `more ${index}`, "left/default");
          }
          const names = scene.namesOf(await claimOf(scene, 10, "left"));
          assert.equal(
            names.filter((name) => name.startsWith("bob")).length,
            5,
            names.join(),
          );
        }),
    );
  });
});

/** What of a lane is among the first that are started. */
async function claimOf(scene: Scene, limit: number, lane: string): Promise<Given[]> {
  const given = await scene.start(2 * limit);
  return given.filter((one) => one.lane === lane).slice(0, limit);
}

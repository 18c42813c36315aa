import assert from "node:assert/strict";
import { type Query, whileSubmitsPaused } from "../../../tools/operate/deploy/pause_submits.ts";
import { withOperatorSettings } from "../../support/operator_settings.ts";
import { withDatabase } from "../../support/stack.ts";

/** Works with the pause of the test stack, which is as it was afterwards. */
async function withPause(
  work: (query: Query, told: () => Promise<string>) => Promise<void>,
): Promise<void> {
  await withOperatorSettings(() =>
    withDatabase((sql) =>
      work(
        (text) => sql.unsafe(text),
        async () => {
          const [row] = await sql<{ told: string }[]>`
            select case when paused_since is null then 'accepted' else message end as told
            from private.submit_pause
          `;
          return row?.told ?? "";
        },
      )
    )
  );
}

Deno.test("new requests are refused while a deploy migrates, and accepted afterwards", async () => {
  await withPause(async (query, told) => {
    const seen: string[] = [];
    await whileSubmitsPaused(query, async () => {
      seen.push(await told());
    });
    assert.deepEqual([...seen, await told()], ["An update is under way", "accepted"]);
  });
});

Deno.test("a migration that fails is told of, and new requests are accepted again", async () => {
  await withPause(async (query, told) => {
    const work = (): Promise<void> => Promise.reject(new Error("No such column"));
    await assert.rejects(whileSubmitsPaused(query, work), {
      message: "No such column\nNew requests are accepted again",
    });
    assert.equal(await told(), "accepted");
  });
});

Deno.test("an operator's own pause is left alone", async () => {
  await withPause(async (query, told) => {
    await query("update private.submit_pause set paused_since = now(), message = 'Mine'");
    await whileSubmitsPaused(query, async () => assert.equal(await told(), "Mine"));
    assert.equal(await told(), "Mine");
  });
});

Deno.test("a pause that cannot be ended is told of, with what to do", async () => {
  await withPause(async (query, told) => {
    let isAway = false;
    const flaky: Query = (text) =>
      isAway ? Promise.reject(new Error("The database is away")) : query(text);
    const work = (): Promise<void> => {
      isAway = true;
      return Promise.reject(new Error("No such column"));
    };
    await assert.rejects(whileSubmitsPaused(flaky, work), {
      message: /^No such column\nNew requests are still refused: The database is away\n.* resume$/,
    });
    assert.equal(await told(), "An update is under way");
  });
});

Deno.test("a database that knows no pause is deployed to without one", async () => {
  let isDone = false;
  await whileSubmitsPaused(() => Promise.resolve([]), () => {
    isDone = true;
    return Promise.resolve();
  });
  assert.ok(isDone);
});

import fc from "fast-check";
import assert from "node:assert/strict";
import { type ModelCommand, modelCommand } from "./model_command.ts";
import { recover, sweep } from "./operations.ts";
import { isAhead, isBlocked, isFinal, isHeld, type Snapshot, taskById } from "./snapshot.ts";
import { lane, which } from "./user_commands.ts";
import { PLACES } from "./vocabulary.ts";
import { pick, type World } from "./world.ts";

export const pauses: fc.Arbitrary<ModelCommand> = fc.tuple(lane, fc.constantFrom(30, 100, null))
  .map(([lane, seconds]) => {
    const text = seconds === null ? `open ${lane}` : `pause ${lane} for ${seconds} s`;
    return modelCommand(text, (world) => ({
      text,
      mayChangePauses: true,
      run: async () => {
        await world.sql`
          update private.lanes set paused_until = now() + make_interval(secs => ${seconds}::integer)
          where provider = ${lane}
        `;
        return () => {};
      },
    }));
  });

/** Pools, and users: how much each may have. */
export const shares: fc.Arbitrary<ModelCommand> = fc.record({
  place: fc.constantFrom(...PLACES),
  inFlight: fc.integer({ min: 1, max: 3 }),
  active: fc.constantFrom(null, 2, 4),
}).map(({ place: { lane, pool }, inFlight, active }) => {
  const text = `limit ${lane}/${pool} to ${inFlight} in flight, each user to ${active ?? "any"}`;
  return modelCommand(text, (world) => ({
    text,
    run: async () => {
      await world.sql`
        update private.pools set max_in_flight = ${inFlight}
        where provider = ${lane} and name = ${pool}
      `;
      await world.sql`update private.plans set active_tasks = ${active}`;
      world.activeAllowed = active;
      return () => {};
    },
  }));
});

export const limits: fc.Arbitrary<ModelCommand> = fc.record({
  lane,
  inFlight: fc.integer({ min: 1, max: 4 }),
  perMinute: fc.constantFrom(null, 1, 2, 3, 5),
}).map(({ lane, inFlight, perMinute }) => {
  const text = `limit ${lane} to ${inFlight} in flight, ${perMinute ?? "any number"} per minute`;
  return modelCommand(text, (world) => ({
    text,
    run: async () => {
      await world.sql`
        update private.lanes set max_in_flight = ${inFlight}, results_per_minute = ${perMinute}
        where provider = ${lane}
      `;
      return () => {};
    },
  }));
});

export const sweeps: fc.Arbitrary<ModelCommand> = fc.constant(
  modelCommand("sweep", (world) => ({
    text: "sweep",
    run: async (before) => {
      await sweep(world.sql);
      // Whose message is lost has another one.
      world.lost.clear();
      return (after) => {
        checkExpired(before, after);
        checkNoOrphans(after);
      };
    },
  })),
);

function checkNoOrphans(after: Snapshot): void {
  const orphans = after.rows.messages.filter(({ queue, msg_id, enqueued_at }) =>
    after.at - Date.parse(enqueued_at) > 65_000 &&
    !after.rows.tasks.some((task) => task.queue === queue && task.message_id === msg_id)
  );
  assert.deepEqual(orphans, [], "messages that nobody waits for");
}

export const recoveries: fc.Arbitrary<ModelCommand> = fc.constant(
  modelCommand("recover", (world) => ({
    text: "recover",
    run: async (before) => {
      await recover(world.sql);
      return (after) => checkExpired(before, after);
    },
  })),
);

/** What is past its deadline has ended, unless a worker has it; nothing else has. */
function checkExpired(before: Snapshot, after: Snapshot): void {
  for (const then of before.rows.tasks.filter((task) => !isFinal(task))) {
    const isDue = !isAhead(then.deadline_at, before) && !isHeld(then, before);
    const now = taskById(after, then.id);
    assert.equal(now?.error_code, isDue ? "timeout" : null, "what is overdue has timed out");
    assert.equal(
      now?.winds_down,
      isDue && then.handle !== null,
      "if it was accepted it winds down",
    );
  }
}

/** A dead letter is replayed, once. */
export const returns: fc.Arbitrary<ModelCommand> = which.map((index) =>
  modelCommand(`replay dead letter ${index}`, (world) => {
    const dead = pick(world.seen.rows.dead, index);
    const owner = taskById(world.seen, dead?.task_id ?? "")?.user_id ?? null;
    const isGood = dead?.replayed_at === null && dead.task_id !== null &&
      !isBlocked(owner, world.seen);
    return dead && {
      text: `dead letter ${dead.id} is replayed`,
      run: async (before) => {
        const id = await putBack(world, dead.id);
        return (after) => {
          assert.equal(
            id !== undefined,
            isGood,
            "it can be replayed once, if it has a task, and no blocked user",
          );
          if (id === undefined) assert.deepEqual(after.rows, before.rows);
          else checkReturn(dead.id, id, before, after);
        };
      },
    };
  })
);

async function putBack({ sql }: World, id: number): Promise<string | undefined> {
  await sql`savepoint before_return`;
  try {
    const [row] = await sql<
      { id: string }[]
    >`select private.replay_dead_letter(${id}::bigint) as id`;
    return row?.id;
  } catch {
    await sql`rollback to savepoint before_return`;
    return undefined;
  }
}

function checkReturn(deadId: number, id: string, before: Snapshot, after: Snapshot): void {
  const dead = after.rows.dead.find((one) => one.id === deadId);
  assert.notEqual(dead?.replayed_at ?? null, null);
  const old = taskById(before, dead?.task_id ?? "");
  const now = taskById(after, id);
  assert.notEqual(now?.status, "failed");
  assert.deepEqual(
    [now?.user_id, now?.operation, now?.client_task_id],
    [old?.user_id, old?.operation, old?.client_task_id],
    "the same request",
  );
  // Its user may have asked again before.
  if (taskById(before, id)) return;
  assert.deepEqual(
    [now?.estimate_usd, now?.output, now?.api_key_id],
    [old?.estimate_usd, old?.output, old?.api_key_id],
    "it may cost the same",
  );
}

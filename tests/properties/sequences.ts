import fc from "fast-check";
import assert from "node:assert/strict";
import postgres from "postgres";
import type { ModelCommand } from "./model_command.ts";
import { sweep } from "./operations.ts";
import { settle } from "./settle.ts";
import { isFinal, look } from "./snapshot.ts";
import { checkState } from "./states.ts";
import { keepInTouch, passTime } from "./time.ts";
import { claimWork } from "./worker_commands.ts";
import { World } from "./world.ts";

export interface Sequences {
  /** More of one kind make it more likely. */
  readonly steps: readonly fc.Arbitrary<ModelCommand>[];
  readonly maxSteps: number;
  readonly runs: number;
}

/** After each step of any sequence the rules hold, and whatever is left comes to its end. */
export async function checkSequences(
  url: string,
  { steps, maxSteps, runs }: Sequences,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const commands = fc.commands([...steps], { maxCommands: maxSteps, size: "max" });
  try {
    await fc.assert(
      fc.asyncProperty(commands, fc.boolean(), async (commands, work) => {
        await inRolledBack(sql, async (world) => {
          await fc.asyncModelRun(() => ({ model: { world }, real: world }), commands);
          await (work ? finishByWork(world) : finishByDeadlines(world));
        });
      }),
      { numRuns: runs, unbiased: true },
    );
  } finally {
    await sql.end();
  }
}

/** A failure says what was done, in the names of that sequence. */
async function inRolledBack(
  sql: postgres.Sql,
  work: (world: World) => Promise<void>,
): Promise<void> {
  await sql`begin`;
  await keepInTouch(sql);
  const world = new World(sql, await look(sql));
  try {
    await work(world);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error([...world.history, `=> ${reason}`].join("\n"), { cause });
  } finally {
    await sql`rollback`;
  }
}

/** If workers only go on, every task gets its result: nothing is stuck. */
export async function finishByWork(world: World): Promise<void> {
  world.history.push("Workers complete what there is");
  const { sql } = world;
  await sql`update public.tasks set deadline_at = now() + interval '1 day'`;
  // With less room than lost tasks have had nothing goes on before their deadlines.
  await sql`update private.lanes set max_in_flight = 100`;
  await sql`update private.pools set max_in_flight = 100`;
  for (let round = 0; round < 80 && !isDone(world); round++) {
    await passTime(sql, 70);
    await sweep(sql);
    for (const { id, lease } of await claimWork(world, 100)) {
      await settle(sql, { id, lease }, { kind: "complete", urls: ["https://files.example.com/0"] });
    }
    world.seen = await world.look();
    checkState(world.seen, world);
  }
  assert.ok(isDone(world), "something is left");
}

/** If nobody does anything, every task ends all the same. */
export async function finishByDeadlines(world: World): Promise<void> {
  world.history.push("All deadlines pass");
  // What was accepted winds down, and providers are asked for half an hour how that ends.
  for (const seconds of [1000, 1900]) {
    await passTime(world.sql, seconds);
    await claimWork(world, 1);
    await sweep(world.sql);
  }
  world.seen = await world.look();
  checkState(world.seen, world);
  assert.ok(isDone(world), "something is left");
}

function isDone({ seen }: World): boolean {
  const { tasks, messages } = seen.rows;
  return tasks.every((task) => isFinal(task) && !task.winds_down) && messages.length === 0;
}

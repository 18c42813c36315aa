import fc from "fast-check";
import assert from "node:assert/strict";
import { type ModelCommand, modelCommand } from "./model_command.ts";
import { isFinal, isHeld } from "./snapshot.ts";
import { passTime } from "./time.ts";
import { which } from "./user_commands.ts";
import { QUEUES } from "./vocabulary.ts";
import { pick, type World } from "./world.ts";

const NOBODY = "00000000-0000-4000-8000-00000000dead";
const queue = fc.constantFrom(...QUEUES);

/** Leases run out, pauses and minutes end, deadlines pass: whoever does nothing meanwhile is lost. */
export function passes(...seconds: number[]): fc.Arbitrary<ModelCommand> {
  return fc.constantFrom(...seconds).map((seconds) =>
    modelCommand(`${seconds} s pass`, (world) => ({
      text: `${seconds} s pass`,
      mayChangePauses: true,
      run: async () => {
        await passTime(world.sql, seconds);
        return () => {};
      },
    }))
  );
}

/** The worker of one task is lost, and that is noticed at once. */
export const crashes: fc.Arbitrary<ModelCommand> = which.map((index) =>
  modelCommand(`crash the worker of task ${index}`, (world) => {
    const task = pick(world.tasks.filter((one) => isHeld(one, world.seen)), index);
    return task && {
      text: `the worker of ${world.nameOf(task.id)} crashes`,
      run: async () => {
        await world.sql`
          update public.tasks set lease_expires_at = clock_timestamp() - interval '1 second'
          where id = ${task.id}
        `;
        await world.sql`select pgmq.set_vt(${task.queue}::text, ${task.message_id}::bigint, 0)`;
        return () => {};
      },
    };
  })
);

export const duplicates: fc.Arbitrary<ModelCommand> = fc.tuple(which, queue).map(([index, queue]) =>
  modelCommand(`duplicate task ${index} in ${queue}`, (world) => {
    const task = pick(world.tasks, index);
    return task && {
      text: `a second message of ${world.nameOf(task.id)} in ${queue}`,
      run: async (before) => {
        await send(world, queue, { task_id: task.id });
        return (after) => assert.deepEqual(after.rows.tasks, before.rows.tasks);
      },
    };
  })
);

/** Messages that name no task. */
export const unknownMessages: fc.Arbitrary<ModelCommand> = fc.tuple(
  queue,
  fc.constantFrom({ nonsense: "yes" }, { task_id: NOBODY }, { task_id: "nonsense" }),
).map(([queue, message]) => {
  const text = `a riddle in ${queue}: ${JSON.stringify(message)}`;
  return modelCommand(text, (world) => ({
    text,
    run: async () => {
      await send(world, queue, message);
      return () => {};
    },
  }));
});

async function send({ sql }: World, queue: string, message: Record<string, string>): Promise<void> {
  await sql`select pgmq.send(${queue}::text, ${sql.json(message)}::jsonb)`;
}

/** A message is delivered before its time, while a worker has its task or a delay is not over. */
export const earlies: fc.Arbitrary<ModelCommand> = which.map((index) =>
  modelCommand(`show message ${index} early`, (world) => {
    const message = pick(world.seen.rows.messages, index);
    return message && {
      text: `message ${message.msg_id} of ${message.queue} shows early`,
      run: async () => {
        await world.sql`select pgmq.set_vt(${message.queue}::text, ${message.msg_id}::bigint, 0)`;
        return () => {};
      },
    };
  })
);

export const losses: fc.Arbitrary<ModelCommand> = which.map((index) =>
  modelCommand(`lose the message of task ${index}`, (world) => {
    const task = pick(world.tasks.filter((one) => !isFinal(one) || one.winds_down), index);
    return task && {
      text: `the message of ${world.nameOf(task.id)} is lost`,
      run: async () => {
        await world.sql`select pgmq.delete(${task.queue}::text, ${task.message_id}::bigint)`;
        world.lost.add(task.id);
        return () => {};
      },
    };
  })
);

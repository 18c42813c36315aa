import fc from "fast-check";
import assert from "node:assert/strict";
import { type ModelCommand, modelCommand } from "./model_command.ts";
import { block, unblock } from "./operations.ts";
import { isBlocked, isFinal, isWorkedOn, type Snapshot, type Task, taskById } from "./snapshot.ts";
import { user } from "./user_commands.ts";
import type { User } from "./vocabulary.ts";

/** For good, or for a time that no sum of seconds that pass is. */
const duration = fc.constantFrom(null, 43);

/** An operator stops a user, or changes for how long. */
export const blocks: fc.Arbitrary<ModelCommand> = fc.tuple(user, duration).map(
  ([by, seconds]) => {
    const text = `block ${by.name} ${seconds === null ? "for good" : `for ${seconds} s`}`;
    return modelCommand(text, (world) => ({
      text,
      run: async (before) => {
        const canceled = await block(world.sql, by.id, seconds);
        return (after) => {
          checkBlock(canceled, by, before, after);
          for (const { id } of unfinishedOf(by, before)) {
            // As long as the provider is at it somebody is to learn how it ends.
            if (!taskById(after, id)?.winds_down) world.endLeases(id);
          }
        };
      },
    }));
  },
);

function unfinishedOf(by: User, { rows }: Snapshot): Task[] {
  return rows.tasks.filter((task) => task.user_id === by.id && !isFinal(task));
}

function checkBlock(
  canceled: number | undefined,
  by: User,
  before: Snapshot,
  after: Snapshot,
): void {
  assert.ok(isBlocked(by.id, after), "from now on");
  const ended = unfinishedOf(by, before);
  assert.equal(canceled, ended.length, "it tells how many tasks it has canceled");
  for (const task of ended) {
    const now = taskById(after, task.id);
    assert.equal(now?.status, "canceled", "nothing of a blocked user goes on");
    assert.equal(now.winds_down, isWorkedOn(task, before), "but what a provider works on");
  }
  const others = ({ rows }: Snapshot): Task[] =>
    rows.tasks.filter(({ id }) => ended.every((task) => task.id !== id));
  assert.deepEqual(others(after), others(before), "no other task has changed");
}

/** What was canceled stays so. */
export const unblocks: fc.Arbitrary<ModelCommand> = user.map((by) =>
  modelCommand(`unblock ${by.name}`, (world) => ({
    text: `unblock ${by.name}`,
    run: async (before) => {
      const wasBlocked = await unblock(world.sql, by.id);
      return (after) => {
        const known = before.rows.blocked.some(({ user_id }) => user_id === by.id);
        assert.equal(wasBlocked, known, "it tells whether the user was blocked");
        const others = before.rows.blocked.filter(({ user_id }) => user_id !== by.id);
        assert.deepEqual(after.rows, { ...before.rows, blocked: others }, "nothing else changes");
      };
    },
  }))
);

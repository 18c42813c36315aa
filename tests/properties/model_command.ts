import type fc from "fast-check";
import { checkChange, type Permission } from "./changes.ts";
import type { Snapshot } from "./snapshot.ts";
import { checkState } from "./states.ts";
import type { World } from "./world.ts";

/** What a step will do, in this world. */
export interface Plan extends Permission {
  /** With the names of this world. */
  readonly text: string;
  /** Does it, and returns the check of what must have come of it. */
  run(before: Snapshot): Promise<Check>;
}

export type Check = (after: Snapshot) => void;

export type ModelCommand = fc.AsyncCommand<{ world: World }, World>;

/**
 * @param text What it is called before it is known what there is to do it with.
 * @param plan Undefined where there is nothing to do it with.
 */
export function modelCommand(text: string, plan: (world: World) => Plan | undefined): ModelCommand {
  return {
    check: ({ world }) => plan(world) !== undefined,
    run: async ({ world }) => {
      const planned = plan(world);
      if (planned) await take(planned, world);
    },
    toString: () => text,
  };
}

async function take(plan: Plan, world: World): Promise<void> {
  world.history.push(plan.text);
  const before = world.seen;
  world.started = [];
  const check = await plan.run(before);
  const after = await world.look();
  check(after);
  checkChange(before, after, world, plan);
  checkState(after, world);
  world.turns.follow(before, after, world.started);
  world.seen = after;
}

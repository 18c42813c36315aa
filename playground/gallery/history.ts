import type { Task } from "../task/task.ts";

/** A part of a user's tasks, newest first, without a gap. */
export interface History {
  readonly tasks: readonly Task[];
  /** For what is older; null: nothing is. */
  readonly nextCursor: string | null;
}

/** What was read before, with what is older below it. What was told twice stands once. */
export function withOlder(known: History, older: History): History {
  const seen = new Set(known.tasks.map(({ id }) => id));
  const added = older.tasks.filter(({ id }) => !seen.has(id));
  return { tasks: [...known.tasks, ...added], nextCursor: older.nextCursor };
}

/**
 * What was read before, with the newest read again: what is new stands above, what was deleted in its
 * range is gone, and what had been read below stays.
 */
export function withNewest(known: History, newest: History): History {
  const last = newest.tasks.at(-1);
  if (!last || newest.nextCursor === null) return newest;
  const place = known.tasks.findIndex(({ id }) => id === last.id);
  // So much is new that there may be a gap below it.
  if (place < 0) return newest;
  const below = known.tasks.slice(place + 1);
  return below.length === 0
    ? newest
    : { tasks: [...newest.tasks, ...below], nextCursor: known.nextCursor };
}

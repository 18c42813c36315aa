import type { Log } from "../log.ts";
import type { CallerTasks } from "./caller_tasks.ts";
import type { TaskVersion } from "./task.ts";

/** Between two looks while much happens, while nothing does, and at least. */
const PAUSES = { first: 250, longest: 750, shortest: 100 } as const;
const GROWTH = 1.5;

/** How a wait ends: something was seen, its time is over, or there is nobody to wait or to be waited for. */
export type WaitEnd = "changed" | "over" | "cut";

/** Waits of many callers in one isolate. */
export interface VersionWatch {
  /**
   * Waits until a task is no longer as it was shown, or gone. It may say so of one that is as it was: look
   * at it. Never rejects; a database that is away is looked at again.
   *
   * @param signal Whether the caller is still there.
   */
  wait(shown: TaskVersion, milliseconds: number, signal: AbortSignal): Promise<WaitEnd>;
  /** Ends all waits at once, and those that come later. */
  end(): void;
}

export interface VersionWatchDependencies {
  readonly findChanged: CallerTasks["findChanged"];
  readonly log: Log;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

interface Waiting extends TaskVersion {
  readonly until: number;
  readonly end: (how: WaitEnd) => void;
}

/**
 * Looks for all who wait with one short statement at a time, which holds no connection afterwards: the
 * cost is that of one, however many wait, and nobody waits for a listener, which no pooler passes on.
 */
export function createVersionWatch(
  { findChanged, log, now, sleep }: VersionWatchDependencies,
): VersionWatch {
  const all = new Set<Waiting>();
  let isLooking = false;
  let isOver = false;
  let pause: number = PAUSES.first;

  async function lookOn(): Promise<void> {
    let tookMilliseconds = 0;
    isLooking = true;
    while (all.size > 0) {
      const next = Math.min(
        pause - tookMilliseconds,
        ...[...all].map(({ until }) => until - now()),
      );
      await sleep(Math.max(next, PAUSES.shortest));
      if (all.size === 0) break;
      const start = now();
      pause = await look() ? PAUSES.first : Math.min(pause * GROWTH, PAUSES.longest);
      tookMilliseconds = now() - start;
    }
    // At once, so that nobody who comes now takes this for one who still looks.
    isLooking = false;
  }

  /** Whether anything was seen. */
  async function look(): Promise<boolean> {
    const waiting = [...all];
    const changed = await findChanged(distinct(waiting)).catch((error) => {
      log.error("waited tasks not looked at", error);
      return [];
    });
    const ids = new Set(changed);
    const time = now();
    for (const { id, until, end } of waiting) {
      if (ids.has(id)) end("changed");
      else if (until <= time) end("over");
    }
    return ids.size > 0;
  }

  return {
    async wait(shown, milliseconds, signal) {
      if (isOver || signal.aborted) return "cut";
      const { promise, resolve } = Promise.withResolvers<WaitEnd>();
      const waiting: Waiting = { ...shown, until: now() + milliseconds, end: resolve };
      const cut = (): void => resolve("cut");
      signal.addEventListener("abort", cut);
      all.add(waiting);
      // Most happens soon after the last thing that happened.
      pause = PAUSES.first;
      if (!isLooking) void lookOn();
      try {
        return await promise;
      } finally {
        signal.removeEventListener("abort", cut);
        all.delete(waiting);
      }
    },

    end() {
      isOver = true;
      for (const { end } of all) end("cut");
    },
  };
}

/** Several may wait for the same. */
function distinct(waiting: readonly Waiting[]): TaskVersion[] {
  return [
    ...new Map(waiting.map(({ id, version }) => [`${id} ${version}`, { id, version }])).values(),
  ];
}

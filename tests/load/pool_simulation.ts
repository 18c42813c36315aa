import type { Job } from "./load.ts";

interface Waiting {
  readonly index: number;
  readonly turn: number;
}

/**
 * When each job of one pool starts, by the rules alone: users take turns, one task each, in so many
 * places, and a place is free when a poll has seen that the work is done.
 */
export function simulatePool(jobs: readonly Job[], places: number, pollSeconds: number): number[] {
  const starts: number[] = jobs.map(() => Infinity);
  const lastTurns = new Map<string, number>();
  const waiting: Waiting[] = [];
  let ends: number[] = [];
  let current = 0;
  let arrived = 0;
  for (let now = 0; arrived < jobs.length || waiting.length > 0; now += 1) {
    for (let job = jobs[arrived]; job && job.at <= now; job = jobs[arrived]) {
      const turn = Math.max(current, (lastTurns.get(job.user) ?? -1) + 1);
      lastTurns.set(job.user, turn);
      waiting.push({ index: arrived, turn });
      arrived += 1;
    }
    ends = ends.filter((end) => end > now);
    waiting.sort((a, b) => a.turn - b.turn || a.index - b.index);
    while (ends.length < places) {
      const next = waiting.shift();
      if (!next) break;
      starts[next.index] = now;
      current = next.turn;
      const seconds = jobs[next.index]?.seconds ?? 0;
      ends.push(now + Math.ceil(seconds / pollSeconds) * pollSeconds);
    }
  }
  return starts;
}

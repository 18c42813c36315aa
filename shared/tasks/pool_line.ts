import { MOST_PLACES } from "../contract/outlook.ts";

/** How many of a line are read: one more than are counted, before whom more start than that. */
export const LINE_LENGTH = MOST_PLACES + 1;

/** Those that wait in a pool, as `private.pool_line` tells it. */
export interface PoolLine {
  /** Of the first of them, in the order in which they start. */
  readonly turns: readonly number[];
  /** Of the same; of those with the same turn the lowest starts first. */
  readonly messageIds: readonly number[];
  /** In how many seconds one would start that comes before all of them. */
  readonly firstStartSeconds: number;
  /** The same of one behind them. */
  readonly lastStartSeconds: number;
  readonly isPausedForGood: boolean;
}

/** What decides where a task is in its line. */
export interface Place {
  readonly turn: number;
  readonly messageId: number;
}

/** How many of what is known of the line start before a task. */
export function startsBefore({ turns, messageIds }: PoolLine, { turn, messageId }: Place): number {
  const isBefore = (other: number, place: number): boolean =>
    other < turn || (other === turn && (messageIds[place] ?? Infinity) < messageId);
  const first = turns.findIndex((other, place) => !isBefore(other, place));
  return first === -1 ? turns.length : first;
}

/**
 * In how many seconds a task starts, about: the later the more are before it. Behind what is known of a
 * long line, others lie as densely as within it.
 */
export function startOf(line: PoolLine, place: Place): number {
  const { turns, firstStartSeconds: first, lastStartSeconds: last } = line;
  const before = startsBefore(line, place);
  const share = before < LINE_LENGTH
    ? before / Math.max(1, turns.length)
    : Math.max(1, shareOfTurns(turns, place.turn));
  return first + (last - first) * share;
}

function shareOfTurns(turns: readonly number[], turn: number): number {
  const [lowest = turn, highest = turn] = [turns[0], turns.at(-1)];
  return highest === lowest ? 1 : (turn - lowest) / (highest - lowest);
}

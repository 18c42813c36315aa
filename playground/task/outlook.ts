import { type Eta, isFinal, type Task } from "./task.ts";
import { roughDuration } from "../shell/amounts.ts";

/** How far a task is on the way to its end, as parts (0 to 1) of a line that ends at the bound. */
export interface Outlook {
  /** What has gone by. */
  readonly gone: number;
  /** When it is done as often sooner as later. */
  readonly median: number;
  /** For people: `About 40 s more, at most 1 min 35 s`. */
  readonly text: string;
  readonly isOverdue: boolean;
}

/** A status that was read at a moment (milliseconds since 1970). */
export interface Reading {
  readonly task: Task;
  readonly readAt: number;
}

/** Undefined where the backend says nothing of the time to come. */
export function outlookOf({ task, readAt }: Reading, now: number): Outlook | undefined {
  const { eta } = task;
  if (!eta || isFinal(task)) return undefined;
  const begin = Math.min(Date.parse(task.createdAt), readAt);
  const end = readAt + eta.secondsMax * 1000;
  const length = Math.max(end - begin, 1);
  return {
    gone: part(now - begin, length),
    median: part(readAt + eta.seconds * 1000 - begin, length),
    text: textOf(eta, (now - readAt) / 1000),
    isOverdue: now > end,
  };
}

function textOf({ seconds, secondsMax }: Eta, since: number): string {
  const most = secondsMax - since;
  if (most <= 0) return "It takes longer than nine of ten do";
  const middle = seconds - since;
  const bound = `nine of ten are done within ${roughDuration(most)}`;
  return middle < 1 ? `Any moment now; ${bound}` : `About ${roughDuration(middle)} more; ${bound}`;
}

function part(some: number, whole: number): number {
  return Math.min(Math.max(some / whole, 0), 1);
}

/** Where the backend has the numbers from. */
export const BASED_ON: Readonly<Record<Eta["basedOn"], string>> = {
  history: "By the last runs here",
  typical: "By what is usual: there are few runs yet",
};

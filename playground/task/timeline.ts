import { isFinal, isModel, type Task } from "./task.ts";
import { providerNameOf } from "../operations/words.ts";
import { countOf, duration, fileSize, money } from "../shell/amounts.ts";

export type StepName = "accepted" | "waited" | "called" | "ended" | "cost";

/** `skipped` is what never came, as the call of a task that was canceled; `sum` is no moment, but told. */
export type StepState = "done" | "now" | "ahead" | "bad" | "skipped" | "sum";

/** One station of a task's life, as its status tells it. */
export interface Step {
  readonly name: StepName;
  readonly state: StepState;
  readonly title: string;
  /** Empty where there is nothing to say. */
  readonly detail: string;
  /** When it was, as the backend says; undefined: not yet, or it has no moment. */
  readonly at: string | undefined;
}

/**
 * A task's life, from the submit to what it has cost. Nothing in it is guessed: times are those of the
 * body, and what the backend does not tell is left out.
 *
 * @param now Milliseconds since 1970: how long what goes on has been going on.
 */
export function timelineOf(task: Task, now: number): readonly Step[] {
  const cost = costOf(task);
  return [
    { name: "accepted", state: "done", title: "Accepted", detail: "", at: task.createdAt },
    waitingOf(task, now),
    callOf(task, now),
    endOf(task),
    ...(cost ? [cost] : []),
  ];
}

function waitingOf(task: Task, now: number): Step {
  const { status, createdAt, startedAt, finishedAt } = task;
  const step = { name: "waited", at: undefined } as const;
  if (status === "pending") {
    // What had started and waits again met a provider that was busy or down.
    const title = startedAt ? "Waiting to be tried again" : "Waiting for its turn";
    return { ...step, state: "now", title, detail: positionText(task) };
  }
  const end = startedAt ?? finishedAt;
  const waited = end === undefined ? now : Date.parse(end);
  const detail = duration(waited - Date.parse(createdAt));
  return { ...step, state: "done", title: "Waited for its turn", detail };
}

/** How many start before; empty where the status does not say. */
export function positionText({ queuePosition }: Task): string {
  if (queuePosition === undefined) return "";
  if (queuePosition === 0) return "It is next";
  if (queuePosition === 1) return "1 start before its own";
  return `${queuePosition} starts before its own`;
}

function callOf(task: Task, now: number): Step {
  const { status, startedAt, finishedAt, progress } = task;
  const provider = providerNameOf(task.provider);
  const step = { name: "called", at: startedAt } as const;
  if (startedAt === undefined) {
    const state = isFinal(task) ? "skipped" : "ahead";
    const title = state === "skipped" ? `${provider} was not called` : `Call of ${provider}`;
    return { ...step, state, title, detail: "" };
  }
  if (status === "pending") {
    return { ...step, state: "ahead", title: `Call of ${provider}`, detail: "Called before" };
  }
  if (status === "processing") {
    const told = progress === undefined ? "" : `, ${progress} %`;
    const detail = `${duration(now - Date.parse(startedAt))}${told}`;
    return { ...step, state: "now", title: `${provider} is at work`, detail };
  }
  const end = finishedAt === undefined ? now : Date.parse(finishedAt);
  const detail = duration(end - Date.parse(startedAt));
  return { ...step, state: "done", title: `${provider} was called`, detail };
}

function endOf(task: Task): Step {
  const { status, finishedAt: at } = task;
  const step = { name: "ended", at } as const;
  switch (status) {
    case "complete":
      return { ...step, state: "done", title: "Stored", detail: storedText(task) };
    case "failed":
      return { ...step, state: "bad", title: "Failed", detail: "" };
    case "canceled":
      return { ...step, state: "bad", title: "Canceled", detail: "" };
    default:
      return { ...step, state: "ahead", title: "Stored", detail: "" };
  }
}

function storedText({ assets, missingResults = 0, reported }: Task): string {
  if (reported) return "Hidden: it was reported";
  const noun = assets.some(isModel) ? "model" : "image";
  const bytes = assets.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  const size = bytes > 0 ? `, ${fileSize(bytes)}` : "";
  const missing = missingResults > 0 ? `; ${missingResults} more did not come` : "";
  return `${countOf(assets.length, noun)}${size}${missing}`;
}

/** Nothing while it goes on, and where the key may not see it and nothing is said of the bill. */
function costOf(task: Task): Step | undefined {
  const { costUsd, billed } = task;
  if (!isFinal(task) || (costUsd === undefined && billed === undefined)) return undefined;
  const title = costUsd === undefined ? "Cost" : `Cost ${money(costUsd)}`;
  const detail = billed === undefined ? "" : BILLED[billed];
  return { name: "cost", state: "sum", title, detail, at: undefined };
}

/** Whether the provider charges for what has no result. */
export const BILLED: Readonly<Record<NonNullable<Task["billed"]>, string>> = {
  no: "Nothing was billed",
  maybe: "It may have been billed: a call was under way",
  yes: "It was billed",
};

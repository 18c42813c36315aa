import type { JSX } from "preact";
import type { Task } from "./task.ts";
import { type Step, type StepState, timelineOf } from "./timeline.ts";
import { dayAndTime, timeOfDay } from "../shell/amounts.ts";

interface TaskTimelineProps {
  readonly task: Task;
  readonly now: number;
}

/** The stations of a task's life, the present one marked. */
export function TaskTimeline({ task, now }: TaskTimelineProps): JSX.Element {
  return (
    <ol class="timeline" aria-label="Timeline">
      {timelineOf(task, now).map((step) => <TimelineStep key={step.name} step={step} />)}
    </ol>
  );
}

function TimelineStep({ step }: { readonly step: Step }): JSX.Element {
  const { state, title, detail, at } = step;
  return (
    <li class={`step step-${state}`} {...(state === "now" && { "aria-current": "step" as const })}>
      <span class="step-mark" aria-hidden="true">{MARKS[state]}</span>
      <div>
        <p class="step-title">
          {title}
          {state === "ahead" && <span class="visually-hidden">, not yet</span>}
        </p>
        {detail && <p class="hint">{detail}</p>}
      </div>
      {at && <time class="hint" dateTime={at} title={dayAndTime(at)}>{timeOfDay(at)}</time>}
    </li>
  );
}

const MARKS: Readonly<Record<StepState, string>> = {
  done: "✓",
  now: "",
  ahead: "",
  bad: "✕",
  skipped: "–",
  sum: "$",
};

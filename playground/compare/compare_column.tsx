import type { Generation, Task } from "@makeit3d/client";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { money, roughDuration } from "../shell/amounts.ts";
import { taskAddress } from "../shell/route.ts";
import { costOf, type Entry, secondsOf } from "./comparison.ts";

interface CompareColumnProps {
  readonly entry: Entry;
  readonly task: Task | undefined;
  readonly generation: Generation | undefined;
  readonly isFastest: boolean;
  readonly isCheapest: boolean;
}

/** What one provider made of it, in how many seconds and for how many cents. */
export function CompareColumn(props: CompareColumnProps): JSX.Element {
  const { entry, task, isFastest, isCheapest } = props;
  const cost = costOf(task, entry);
  const isUnbilled = task?.billed === "no";
  return (
    <article class="card compare-column" aria-label={entry.providerName}>
      <header class="row">
        <h3>{entry.providerName}</h3>
        {isFastest && <span class="compare-badge">fastest</span>}
        {isCheapest && <span class="compare-badge">cheapest</span>}
      </header>
      <Picture {...props} />
      <dl class="compare-facts">
        <div>
          <dt>Time</dt>
          <dd>{task ? <Seconds task={task} /> : "–"}</dd>
        </div>
        <div>
          <dt>{task?.costUsd === undefined ? "Cost, at most" : "Cost"}</dt>
          <dd>{isUnbilled ? "nothing" : cost === undefined ? "–" : money(cost)}</dd>
        </div>
      </dl>
      {task && <Actions {...props} task={task} />}
    </article>
  );
}

function Picture({ entry, task }: CompareColumnProps): JSX.Element {
  const [asset] = task?.assets ?? [];
  const address = task?.previewUrl ?? asset?.url;
  if (task?.status === "complete" && address !== undefined) {
    return (
      <a class="compare-picture" href={taskAddress(task.id)}>
        <img src={address} alt={`Result of ${entry.providerName}`} />
      </a>
    );
  }
  const problem = entry.reason ?? task?.error;
  if (problem !== undefined) return <p role="alert" class="problem">{problem}</p>;
  return (
    <div class={`compare-picture waiting ${isUnderWay(task) ? "busy" : ""}`}>
      <p role="status">{statusWords(task)}</p>
    </div>
  );
}

function statusWords(task: Task | undefined): string {
  if (!task) return "Sending…";
  const { status, progress = 0, eta } = task;
  const rest = eta ? `, about ${roughDuration(eta.seconds)} left` : "";
  switch (status) {
    case "pending":
      return `Waiting${rest}`;
    case "processing":
      return progress > 0 ? `${progress} %${rest}` : `Being made${rest}`;
    case "canceled":
      return "Canceled";
    default:
      return status === "complete" ? "Done" : "Failed";
  }
}

/** As it runs, and as it was. */
function Seconds({ task }: { readonly task: Task }): JSX.Element {
  const [now, setNow] = useState(() => Date.now());
  const isRunning = isUnderWay(task);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [isRunning]);
  const start = task.startedAt;
  const running = start === undefined ? 0 : Math.max(0, (now - Date.parse(start)) / 1_000);
  const seconds = secondsOf(task) ?? (isRunning ? running : undefined);
  return <>{seconds === undefined ? "–" : `${seconds.toFixed(1)} s`}</>;
}

function Actions(
  { task, generation }: CompareColumnProps & { readonly task: Task },
): JSX.Element {
  const [problem, setProblem] = useState<string>();
  const cancel = (): void => {
    generation?.cancel().catch((error) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <div class="row">
      <a href={taskAddress(task.id)}>Open</a>
      {isUnderWay(task) && <button type="button" class="small" onClick={cancel}>Cancel</button>}
      <span role="status" class="hint">{problem}</span>
    </div>
  );
}

function isUnderWay(task: Task | undefined): boolean {
  return task === undefined || task.status === "pending" || task.status === "processing";
}

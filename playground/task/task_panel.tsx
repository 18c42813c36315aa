import type { Generation } from "@makeit3d/client";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { viewAddress } from "../shell/route.ts";
import { againAddress } from "./again.ts";
import { CancelButton } from "./cancel_button.tsx";
import { CopyId } from "./copy_id.tsx";
import { DeleteButton } from "./delete_button.tsx";
import { FailureCard } from "./failure_card.tsx";
import { LineageStrip } from "./lineage_strip.tsx";
import type { Reading } from "./outlook.ts";
import { OutlookBar } from "./outlook_bar.tsx";
import { ParameterList } from "./parameter_list.tsx";
import { Results } from "./results/results.tsx";
import { isFinal, type Task } from "./task.ts";
import { TaskHeader } from "./task_header.tsx";
import { TaskTimeline } from "./task_timeline.tsx";
import { useNow } from "./use_now.ts";
import { useReading } from "./use_reading.ts";
import { useTask, type WatchedTask } from "./use_task.ts";
import { STATUS_NAMES } from "./words.ts";

interface TaskPanelProps {
  readonly id: string;
  /** What this page has just submitted; without it the task is followed by its id. */
  readonly generation?: Generation | undefined;
  /** What stands there where the task is not there any more, and nobody has asked for it. */
  readonly missing?: JSX.Element;
}

/** Life and results of one task. */
export function TaskPanel({ id, generation, missing }: TaskPanelProps): JSX.Element {
  const watched = useTask(id, generation);
  const [deleted, setDeleted] = useState<string>();
  if (deleted !== undefined) return <Gone told={deleted} />;
  const { obstacle, refusal } = watched;
  // It may have been deleted elsewhere while it was looked at.
  const isMissing = refusal?.code === "not_found";
  const task = isMissing ? undefined : watched.task;
  if (isMissing && missing) return missing;
  return (
    <section class="task-panel" aria-label="Task">
      {obstacle && <p role="status" class="warning">Trying again: {obstacle.message}</p>}
      {refusal && <Refused watched={watched} />}
      {task
        ? <Known watched={watched} task={task} onDeleted={setDeleted} />
        : !refusal && <p class="muted" role="status">Reading the task…</p>}
    </section>
  );
}

interface KnownProps {
  readonly watched: WatchedTask;
  readonly task: Task;
  readonly onDeleted: (told: string) => void;
}

function Known({ watched, task, onDeleted }: KnownProps): JSX.Element {
  const reading = useReading(task);
  const now = useNow(!isFinal(task));
  const [told, setTold] = useState("");
  const newest = reading?.task ?? task;
  return (
    <>
      <p class="visually-hidden" role="status">{STATUS_NAMES[task.status]}. {told}</p>
      <LineageStrip task={task} />
      <TaskHeader task={task} />
      <div class="task-columns">
        <div class="task-main stack">
          <Outcome task={task} reading={reading} now={now} />
        </div>
        <div class="task-side card stack">
          <TaskTimeline task={newest} now={now} />
          {told && <p class="hint">{told}</p>}
          {watched.warnings.map((words) => <p key={words} class="warning">{words}</p>)}
          <div class="row">
            {!isFinal(task) && <CancelButton generation={watched.generation} onDone={setTold} />}
            {task.status === "complete" && (
              <a class="button" href={againAddress(task)}>Make again</a>
            )}
            <DeleteButton task={task} onDeleted={onDeleted} />
          </div>
          <ParameterList task={task} />
          <CopyId id={task.id} />
        </div>
      </div>
    </>
  );
}

interface OutcomeProps {
  readonly task: Task;
  readonly reading: Reading | undefined;
  readonly now: number;
}

/** What has come of it, or what is to come. */
function Outcome({ task, reading, now }: OutcomeProps): JSX.Element {
  if (task.status === "complete") return <Results task={task} />;
  if (isFinal(task)) return <FailureCard task={task} />;
  return (
    <div class="card stage">
      <p class="stage-status">{STATUS_NAMES[task.status]}</p>
      {reading && <OutlookBar reading={reading} now={now} />}
    </div>
  );
}

function Refused({ watched: { refusal } }: { readonly watched: WatchedTask }): JSX.Element {
  const isMissing = refusal?.code === "not_found";
  return (
    <div class="card stack outcome">
      <p role="alert">
        {isMissing
          ? "There is no such task of yours: it was deleted, or it is somebody else's."
          : refusal?.message}
      </p>
      <p>
        <a class="button" href={viewAddress("gallery")}>Go to the gallery</a>
      </p>
    </div>
  );
}

function Gone({ told }: { readonly told: string }): JSX.Element {
  return (
    <section class="card stack" aria-label="Task">
      <p role="status">{told}</p>
      <p>
        <a class="button" href={viewAddress("gallery")}>Go to the gallery</a>
      </p>
    </section>
  );
}

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { taskAddress } from "../shell/route.ts";
import { outlookOf } from "../task/outlook.ts";
import { isFinal, isModel, pictureOf, promptOf, type Task } from "../task/task.ts";
import { useNow } from "../task/use_now.ts";
import { useTask } from "../task/use_task.ts";
import { ago } from "../shell/amounts.ts";
import { OPERATION_NAMES, providerNameOf } from "../operations/words.ts";
import { STATUS_NAMES } from "../task/words.ts";

interface GalleryCardProps {
  readonly task: Task;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One task of the history; what is not over changes as it goes on. */
export function GalleryCard({ task, now }: GalleryCardProps): JSX.Element {
  return isFinal(task) ? <Card task={task} now={now} /> : <LiveCard task={task} />;
}

function LiveCard({ task: listed }: { readonly task: Task }): JSX.Element {
  const task = useTask(listed.id, undefined).task ?? listed;
  const reading = useMemo(() => ({ task, readAt: Date.now() }), [task]);
  const now = useNow(!isFinal(task));
  const outlook = outlookOf(reading, now);
  return <Card task={task} now={now} gone={outlook?.gone} />;
}

interface CardProps extends GalleryCardProps {
  /** How far what goes on has come, 0 to 1; undefined where nobody knows. */
  readonly gone?: number | undefined;
}

function Card({ task, now, gone }: CardProps): JSX.Element {
  const { id, operation, provider, status, createdAt, assets } = task;
  const name = OPERATION_NAMES[operation] ?? operation;
  const maker = providerNameOf(provider);
  const prompt = promptOf(task);
  const [first] = assets;
  return (
    <a class={isFinal(task) ? "gallery-card" : "gallery-card gallery-live"} href={taskAddress(id)}>
      <span class="gallery-picture">
        <Picture task={task} />
        {first && isModel(first) && <span class="state-badge badge-kind">3D</span>}
        {assets.length > 1 && <span class="state-badge badge-kind">{assets.length} images</span>}
        {status !== "complete" && (
          <span class={`state-badge badge-status badge-${status}`}>{STATUS_NAMES[status]}</span>
        )}
        {!isFinal(task) && (
          <span class="gallery-gone" aria-hidden="true">
            <span style={{ width: `${(gone ?? 0) * 100}%` }} />
          </span>
        )}
      </span>
      <span class="gallery-prompt">{prompt ?? name}</span>
      <span class="hint">{prompt === undefined ? maker : `${name} · ${maker}`}</span>
      <span class="hint">
        <time dateTime={createdAt}>{ago(createdAt, now)}</time>
      </span>
    </a>
  );
}

/** What was made; a sign where there is nothing to see, or it cannot be read any more. */
function Picture({ task }: { readonly task: Task }): JSX.Element {
  const url = pictureOf(task);
  const [broken, setBroken] = useState<string>();
  if (url === undefined || url === broken) {
    return <span class="gallery-blank" aria-hidden="true">{SIGNS[task.status]}</span>;
  }
  return <img src={url} alt="" loading="lazy" decoding="async" onError={() => setBroken(url)} />;
}

const SIGNS: Readonly<Record<Task["status"], string>> = {
  pending: "…",
  processing: "…",
  complete: "◇",
  failed: "!",
  canceled: "–",
};

import type { JSX } from "preact";
import { showPart } from "../shell/show_part.ts";
import { TaskPanel } from "../task/task_panel.tsx";
import type { LastTask } from "./use_last_task.ts";

/** Where the result is far below the form: the way to it. */
export function ResultJump({ last }: { readonly last: LastTask | undefined }): JSX.Element | null {
  if (!last) return null;
  return (
    <button type="button" class="small result-jump" onClick={showResult}>
      To what was made last <span aria-hidden="true">↓</span>
    </button>
  );
}

function showResult(): void {
  showPart("#result");
}

/** Beside the form: what became of it. */
export function ResultSide({ last }: { readonly last: LastTask | undefined }): JSX.Element {
  return (
    <div class="result" id="result">
      {last
        ? (
          <TaskPanel
            key={last.id}
            id={last.id}
            missing={<Empty />}
            {...(last.generation && { generation: last.generation })}
          />
        )
        : <Empty />}
    </div>
  );
}

function Empty(): JSX.Element {
  return (
    <div class="empty">
      <svg viewBox="0 0 120 120" width="120" height="120" aria-hidden="true">
        <path d="M60 14l40 22v46l-40 24-40-24V36zM20 36l40 24 40-24M60 60v46" />
        <path d="M96 12v16M88 20h16M18 92v12M12 98h12" class="spark" />
      </svg>
      <p>
        <strong>Your result appears here.</strong>
      </p>
      <p class="hint">New here? Choose a sample, then press the button. Nothing else is needed.</p>
    </div>
  );
}

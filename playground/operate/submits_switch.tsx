import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { ago } from "../shell/amounts.ts";
import { ConfirmDialog } from "../task/confirm_dialog.tsx";
import type { Act } from "./operate_view.tsx";
import type { OperatorBody } from "./operator_api.ts";

interface SubmitsSwitchProps {
  readonly submits: OperatorBody["submits"];
  readonly act: Act;
}

/** Whether apps may submit; for maintenance they may not. */
export function SubmitsSwitch({ submits, act }: SubmitsSwitchProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const { paused_since: since, message } = submits;
  return (
    <section class="card row" aria-labelledby="submits">
      <div class="grow">
        <h2 id="submits">New requests</h2>
        <p class="muted">
          {since
            ? `Paused ${ago(since, Date.now())}. Apps are told: “${message}”`
            : "Requests of apps are accepted."}
        </p>
      </div>
      {since
        ? (
          <button type="button" class="primary" onClick={() => act({ action: "resume_submits" })}>
            Accept requests
          </button>
        )
        : (
          <button type="button" class="danger" onClick={() => setAsking(true)}>
            Pause requests
          </button>
        )}
      {isAsking && <PauseDialog act={act} onClose={() => setAsking(false)} />}
    </section>
  );
}

interface PauseDialogProps {
  readonly act: Act;
  readonly onClose: () => void;
}

/** It is for all apps at once, so it asks, and lets one say why. */
function PauseDialog({ act, onClose }: PauseDialogProps): JSX.Element {
  const id = useId();
  const [message, setMessage] = useState("");
  const [isBusy, setBusy] = useState(false);
  const pause = async (): Promise<void> => {
    setBusy(true);
    const told = message.trim();
    await act({ action: "pause_submits", ...(told !== "" && { message: told }) });
    onClose();
  };
  return (
    <ConfirmDialog
      title="Pause the requests of all apps?"
      confirm="Pause requests"
      keep="Go on accepting"
      isBusy={isBusy}
      onConfirm={pause}
      onClose={onClose}
    >
      <div class="stack">
        <p>What was accepted goes on. New requests are told to try again later.</p>
        <div class="field">
          <label for={id}>What apps are told</label>
          <input
            id={id}
            value={message}
            placeholder="Maintenance; nothing new is accepted for a while"
            onInput={({ currentTarget }) => setMessage(currentTarget.value)}
          />
        </div>
      </div>
    </ConfirmDialog>
  );
}

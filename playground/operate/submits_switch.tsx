import type { JSX } from "preact";
import { ago } from "../shell/amounts.ts";
import type { Act } from "./operate_view.tsx";
import type { OperatorBody } from "./operator_api.ts";

interface SubmitsSwitchProps {
  readonly submits: OperatorBody["submits"];
  readonly act: Act;
}

/** Whether apps may submit; for maintenance they may not. */
export function SubmitsSwitch({ submits, act }: SubmitsSwitchProps): JSX.Element {
  const { paused_since: since, message } = submits;
  return (
    <section class="card row" aria-labelledby="submits">
      <div class="grow">
        <h2 id="submits">New requests</h2>
        <p class="muted">
          {since
            ? `Paused ${ago(since, Date.now())}. Apps are told: “${message}”`
            : "Are accepted."}
        </p>
      </div>
      {since
        ? (
          <button type="button" class="primary" onClick={() => act({ action: "resume_submits" })}>
            Accept requests
          </button>
        )
        : (
          <button type="button" class="danger" onClick={() => act({ action: "pause_submits" })}>
            Pause requests
          </button>
        )}
    </section>
  );
}

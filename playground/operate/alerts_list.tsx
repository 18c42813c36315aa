import type { JSX } from "preact";
import { ago } from "../shell/amounts.ts";
import type { OperatorBody } from "./operator_api.ts";

/** What is wrong, the critical first. */
export function AlertsList({ alerts }: { readonly alerts: OperatorBody["alerts"] }): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      {alerts.length === 0 && <p class="muted">Nothing is wrong.</p>}
      <ul class="alerts" aria-live="polite">
        {alerts.map(({ code, severity, subject, message, since }) => (
          <li key={`${code} ${subject}`} class={severity === "critical" ? "problem" : "warning"}>
            <strong>{code}</strong> {subject} {since && <small>{ago(since, Date.now())}</small>}
            <p>{message}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

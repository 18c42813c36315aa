import type { JSX } from "preact";
import { timeOfDay } from "../shell/amounts.ts";
import type { OperatorBody } from "./operator_api.ts";

interface ActionsLogProps {
  readonly actions: OperatorBody["recent_actions"];
}

/** The page stays short. */
const SHOWN = 15;

/** Who did what, the newest first. */
export function ActionsLog({ actions }: ActionsLogProps): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="actions">
      <h2 id="actions">What operators did</h2>
      {actions.length === 0 && <p class="muted">Nothing yet.</p>}
      <ol class="actions" aria-live="polite">
        {actions.slice(0, SHOWN).map((
          { id, at, actor, operator_email, operator_id, action, request, user_id },
        ) => (
          <li key={id}>
            <time dateTime={at}>{timeOfDay(at)}</time>
            <span>{actor === "command" ? "a command" : operator_email ?? operator_id}</span>
            <strong>{action.replaceAll("_", " ")}</strong>
            {user_id && <code>user: {user_id}</code>}
            <code>{requestWords(request)}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}

function requestWords(request: Readonly<Record<string, unknown>>): string {
  return Object.entries(request)
    .filter(([name]) => name !== "action")
    .map(([name, value]) => `${name}: ${valueWords(value)}`)
    .join(", ");
}

function valueWords(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}

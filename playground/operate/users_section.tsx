import type { JSX, TargetedEvent } from "preact";
import { Field } from "../shell/field.tsx";
import { money, timeOfDay } from "../shell/amounts.ts";
import type { Act } from "./operate_view.tsx";
import type { OperatorBody } from "./operator_api.ts";

interface UsersSectionProps {
  readonly refused: OperatorBody["refused_users"];
  readonly dearest: OperatorBody["dearest_users"];
  readonly act: Act;
}

/** Who may not ask for anything, and who has spent most. */
export function UsersSection({ refused, dearest, act }: UsersSectionProps): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="users">
      <h2 id="users">Users</h2>
      <h3>Spent most today</h3>
      {dearest.length === 0 && <p class="muted">Nobody has spent anything today.</p>}
      <ul class="people">
        {dearest.map(({ id, plan, tasks, usd }) => (
          <li key={id}>
            <code>{id}</code>
            <span>
              {money(usd)} in {tasks} {tasks === 1 ? "task" : "tasks"}
              {plan && `, plan ${plan}`}
            </span>
          </li>
        ))}
      </ul>
      <h3>Blocked or banned</h3>
      {refused.length === 0 && <p class="muted">Nobody.</p>}
      <ul class="people">
        {refused.map(({ id, email, state, reason, until }) => (
          <li key={id}>
            <span>
              {email ?? <code>{id}</code>} <small class="muted">{state}</small>
              <p class="hint">{reason}{until && ` Until ${timeOfDay(until)}.`}</p>
            </span>
            {state === "blocked" && (
              <button
                type="button"
                onClick={() => act({ action: "unblock_user", user: id })}
              >
                Unblock
              </button>
            )}
          </li>
        ))}
      </ul>
      <details>
        <summary>Block a user</summary>
        <BlockForm act={act} />
      </details>
    </section>
  );
}

function BlockForm({ act }: { readonly act: Act }): JSX.Element {
  const submit = async (event: TargetedEvent<HTMLFormElement, SubmitEvent>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => String(form.get(name) ?? "").trim();
    await act({ action: "block_user", user: text("user"), reason: text("reason") });
  };
  return (
    <form class="stack" onSubmit={submit}>
      <Field label="Id or e-mail address" name="user" required />
      <Field
        label="Reason"
        name="reason"
        required
        hint="For operators: the user is not told. Unfinished tasks are canceled."
      />
      <button type="submit" class="danger">Block</button>
    </form>
  );
}

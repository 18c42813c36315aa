import type { JSX, TargetedEvent } from "preact";
import { Field } from "../shell/field.tsx";
import { money } from "../shell/amounts.ts";
import type { Act } from "./operate_view.tsx";
import type { OperatorBody } from "./operator_api.ts";

type Budget = OperatorBody["spending"][number];

interface SpendingSectionProps {
  readonly spending: readonly Budget[];
  readonly act: Act;
}

/** What is used of each cap, and the project's own caps to set. */
export function SpendingSection({ spending, act }: SpendingSectionProps): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="spending">
      <h2 id="spending">Spending</h2>
      <ul class="budgets">
        {spending.map((budget) => (
          <li key={`${budget.scope} ${budget.name} ${budget.period}`}>
            <BudgetLine budget={budget} />
          </li>
        ))}
      </ul>
      <details>
        <summary>Set the project's caps</summary>
        <CapsForm spending={spending} act={act} />
      </details>
    </section>
  );
}

function BudgetLine({ budget }: { readonly budget: Budget }): JSX.Element {
  const { scope, name, period, used_usd: used, cap_usd: cap } = budget;
  const when = period === "day" ? "today" : "this month";
  const label = `${scope === "project" ? "Project" : name} ${when}`;
  return (
    <>
      <span>{label}</span>
      <span>
        {cap !== null && (
          <meter
            min={0}
            max={Math.max(cap, 0.01)}
            high={cap * 0.8}
            value={used}
            aria-label={label}
          />
        )} {(scope !== "key" || cap !== null) && money(used)}{" "}
        {cap === null ? <span class="muted">{noCapWords(scope)}</span> : `of ${money(cap)}`}
      </span>
    </>
  );
}

/** Without a cap, what a single key spends is in the project's sum only. */
function noCapWords(scope: Budget["scope"]): string {
  return scope === "key" ? "not counted without a cap" : "no cap";
}

function CapsForm({ spending, act }: SpendingSectionProps): JSX.Element {
  const capOf = (period: Budget["period"]): number | null | undefined =>
    spending.find((one) => one.scope === "project" && one.period === period)?.cap_usd;
  const submit = async (event: TargetedEvent<HTMLFormElement, SubmitEvent>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    await act({
      action: "set_budgets",
      project_usd_per_day: capIn(form, "day"),
      project_usd_per_month: capIn(form, "month"),
    });
  };
  return (
    <form class="stack" onSubmit={submit}>
      {(["day", "month"] as const).map((period) => (
        <Field
          key={period}
          label={`USD in a ${period}`}
          name={period}
          type="number"
          min={0}
          step={0.01}
          hint="Empty: no cap. Days and months are of UTC."
          defaultValue={capOf(period)?.toString() ?? ""}
        />
      ))}
      <button type="submit" class="primary">Set the caps</button>
    </form>
  );
}

/** Null: no cap. */
function capIn(form: FormData, name: string): number | null {
  const value = form.get(name);
  return typeof value === "string" && value !== "" ? Number(value) : null;
}

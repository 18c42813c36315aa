import type { JSX } from "preact";
import { againAddress } from "./again.ts";
import { failureTitle } from "./failure_words.ts";
import type { Task } from "./task.ts";
import { BILLED } from "./timeline.ts";
import { money } from "../shell/amounts.ts";

/** Why there is no result, what it has cost, and what to do now. */
export function FailureCard({ task }: { readonly task: Task }): JSX.Element {
  const { status, error, errorCode, billed, retryable, costUsd } = task;
  const isCanceled = status === "canceled";
  return (
    <div class={isCanceled ? "card stack outcome" : "card stack outcome outcome-bad"}>
      <h3>{isCanceled ? "Canceled" : failureTitle(errorCode)}</h3>
      {error && <p>{error}</p>}
      {isCanceled && <p>It was ended before there was a result.</p>}
      {billed && <p class="muted">{BILLED[billed]}.</p>}
      {isCanceled && costUsd !== undefined && <p class="muted">It has cost {money(costUsd)}.</p>}
      <p>
        <a class={retryable ? "button primary" : "button"} href={againAddress(task)}>
          {nextStep(task)}
        </a>
      </p>
      {errorCode && (
        <p class="hint">
          For the operator: <code>{errorCode}</code>
        </p>
      )}
    </div>
  );
}

function nextStep({ retryable, parameters }: Task): string {
  // What was asked for is not kept of every task that had no result.
  if (!parameters) return "Make another";
  return retryable ? "Try again" : "Change it";
}

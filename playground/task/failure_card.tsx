import type { JSX } from "preact";
import { againAddress } from "./again.ts";
import { failureTitle } from "./failure_words.ts";
import type { Task } from "./task.ts";
import { BILLED } from "./timeline.ts";

/** Why there is no result, what it has cost, and what to do now. */
export function FailureCard({ task }: { readonly task: Task }): JSX.Element {
  const { status, error, errorCode, billed, retryable } = task;
  const isCanceled = status === "canceled";
  return (
    <div class={isCanceled ? "card stack outcome" : "card stack outcome outcome-bad"}>
      <h3>{isCanceled ? "Canceled" : failureTitle(errorCode)}</h3>
      {error && <p>{error}</p>}
      {billed && <p class="muted">{BILLED[billed]}.</p>}
      <p>
        <a class={retryable ? "button primary" : "button"} href={againAddress(task)}>
          {retryable || isCanceled ? "Try again" : "Change it"}
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

import type { JSX } from "preact";
import { taskAddress } from "../shell/route.ts";
import { timeOfDay } from "../shell/amounts.ts";
import { operationNameOf, providerNameOf } from "../operations/words.ts";
import type { CallsBody } from "./control_api.ts";

const SHOWN = 15;

/** What the simulated services have billed, the newest first. */
export function BilledCalls({ calls }: { readonly calls: CallsBody | undefined }): JSX.Element {
  const listed = calls?.calls.slice(0, SHOWN) ?? [];
  return (
    <section class="card stack" aria-labelledby="billed">
      <h2 id="billed">Billed by the providers: {calls?.total ?? "…"}</h2>
      {calls?.total === 0 && <p class="muted">Nothing yet.</p>}
      <ul class="calls">
        {listed.map(({ id, provider, operation, at, task_id: task, outcome }) => (
          <li key={id}>
            <time dateTime={at} class="muted">{timeOfDay(at)}</time>
            <span>{operationNameOf(operation)} by {providerNameOf(provider)}</span>
            <span class={outcome === "ambiguous" ? "state busy" : "muted"}>{outcome}</span>
            {task && <a href={taskAddress(task)}>Task</a>}
          </li>
        ))}
      </ul>
    </section>
  );
}

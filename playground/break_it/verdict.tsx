import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { providerNameOf } from "../operations/words.ts";
import type { CallsBody } from "./control_api.ts";
import type { Expectation } from "./experiments.ts";
import type { Run } from "./run_experiment.ts";

interface VerdictProps {
  readonly run: Run;
  readonly calls: CallsBody["calls"];
}

/** How often the task was billed, how often that may be, and why. */
export function Verdict({ run, calls }: VerdictProps): JSX.Element {
  const { experiment, prompt, provider } = run;
  const section = useRef<HTMLElement>(null);
  // On a phone it is far below the button that started it.
  useEffect(() => section.current?.scrollIntoView({ block: "nearest" }), [run]);
  const count = calls.filter((call) => call.prompt?.includes(prompt)).length;
  return (
    <section ref={section} class="card verdict" aria-labelledby="verdict" data-calls={count}>
      <p class="count" aria-live="polite">
        <strong>{count}</strong> billable {count === 1 ? "call" : "calls"}
      </p>
      <div>
        <h2 id="verdict">{experiment.name}, at {providerNameOf(provider)}</h2>
        <p>{boundsWords(experiment.calls)} {experiment.calls.why}</p>
      </div>
    </section>
  );
}

function boundsWords({ least, most }: Expectation): string {
  if (most === 0) return "None is expected.";
  if (least === 0) return "At most one is expected.";
  return least === most ? "Exactly one is expected." : "One or two are expected.";
}

import type { JSX } from "preact";
import type { OperationForm } from "./forms.ts";
import { useOperations } from "./use_operations.ts";

interface OperationsGateProps {
  readonly children: (forms: readonly OperationForm[]) => JSX.Element;
}

/** What needs the forms is shown when they are there. */
export function OperationsGate({ children }: OperationsGateProps): JSX.Element {
  const operations = useOperations();
  switch (operations.state) {
    case "reading":
      return <p class="muted" aria-busy="true">Reading what there is…</p>;
    case "unknown":
      return (
        <div role="alert" class="problem row">
          <span>{operations.reason}</span>
          <button type="button" onClick={operations.retry}>Try again</button>
        </div>
      );
    case "known":
      return children(operations.forms);
  }
}

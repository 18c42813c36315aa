import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { OperationChooser } from "../form/operation_chooser.tsx";
import { type OperationForm, operationsOf } from "../operations/forms.ts";
import { OperationsGate } from "../operations/operations_gate.tsx";
import { useDraft } from "../request/use_draft.ts";
import { CompareForm } from "./compare_form.tsx";
import { CompareResults } from "./compare_results.tsx";
import { showPart } from "../shell/show_part.ts";
import { comparable, type Comparison, lastComparison, withComparison } from "./comparison.ts";

/** The same words to all providers of an operation, side by side. */
export function CompareView({ query }: { readonly query: URLSearchParams }): JSX.Element {
  return (
    <div class="compare">
      <h1>Same words, every provider</h1>
      <OperationsGate>{(forms) => <Comparing forms={forms} query={query} />}</OperationsGate>
    </div>
  );
}

interface ComparingProps {
  readonly forms: readonly OperationForm[];
  readonly query: URLSearchParams;
}

function Comparing({ forms, query }: ComparingProps): JSX.Element | null {
  const [draft, change] = useDraft();
  const [newest, setNewest] = useState<Comparison>();
  // What comes of it may stand far below the button.
  useEffect(() => {
    if (newest) showPart("#answers");
  }, [newest]);
  const offered = comparable(forms);
  const operations = operationsOf([...offered.values()].flat());
  const [wanted, setWanted] = useState(query.get("operation") ?? "text-to-image");
  const operation = operations.find((one) => one === wanted) ?? operations[0];
  if (operation === undefined) return <p class="muted">No two providers offer the same here.</p>;
  const comparison = lastComparison(draft);
  const compare = (compared: Comparison): void => {
    change((before) => withComparison(before, compared));
    setNewest(compared);
  };
  return (
    <>
      <OperationChooser operations={operations} chosen={operation} onChoose={setWanted} />
      <CompareForm
        key={operation}
        forms={offered.get(operation) ?? []}
        draft={draft}
        onChange={change}
        onCompared={compare}
      />
      {comparison && <CompareResults comparison={comparison} />}
    </>
  );
}

import type { JSX } from "preact";
import { type OperationForm, operationsOf } from "../operations/forms.ts";
import { OperationsGate } from "../operations/operations_gate.tsx";
import { availabilityOf } from "../operations/availability.ts";
import { useAvailability } from "../operations/use_operations.ts";
import { useDraft } from "../request/use_draft.ts";
import { chosenOperation, chosenProvider, withChoice } from "./create_address.ts";
import { Composer } from "./composer.tsx";
import { OperationChooser } from "../form/operation_chooser.tsx";
import { ResultJump, ResultSide } from "./result_side.tsx";
import { useAddress } from "./use_address.ts";
import { useLastTask } from "./use_last_task.ts";

/** From an idea to a result, by any operation of any provider. */
export function CreateView({ query }: { readonly query: URLSearchParams }): JSX.Element {
  return (
    <div class="create">
      <h1>What do you want to make?</h1>
      <OperationsGate>{(forms) => <Workbench forms={forms} query={query} />}</OperationsGate>
    </div>
  );
}

interface WorkbenchProps {
  readonly forms: readonly OperationForm[];
  readonly query: URLSearchParams;
}

function Workbench({ forms, query }: WorkbenchProps): JSX.Element | null {
  const [draft, change] = useDraft();
  const reason = useAddress(query, forms, change);
  const { last, setLast, noteSent } = useLastTask();
  const availability = useAvailability();
  const operations = operationsOf(forms);
  const operation = operations.find((one) => one === chosenOperation(draft)) ?? operations[0];
  const offered = forms.filter((one) => one.operation === operation);
  const provider = operation && chosenProvider(draft, operation);
  const isOpen = (one: OperationForm): boolean =>
    availabilityOf(availability, one)?.availability !== "closed";
  const form = offered.find((one) => one.provider === provider) ?? offered.find(isOpen) ??
    offered[0];
  if (!form) return <p class="muted">This backend offers nothing.</p>;
  return (
    <>
      <OperationChooser
        operations={operations}
        chosen={form.operation}
        onChoose={(one) => change((before) => withChoice(before, one, undefined))}
      />
      {reason !== undefined && <p role="alert" class="problem">{reason}</p>}
      <ResultJump last={last} />
      <div class="workbench">
        <Composer
          form={form}
          forms={offered}
          availability={availability}
          draft={draft}
          onChange={change}
          onSend={noteSent}
          onAccepted={setLast}
        />
        <ResultSide last={last} />
      </div>
    </>
  );
}

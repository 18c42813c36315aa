import { useEffect, useState } from "preact/hooks";
import { focusField } from "../form/field_state.ts";
import { controlsInOrder, type OperationForm } from "../operations/forms.ts";
import type { Draft } from "../request/draft.ts";
import type { Fields } from "../request/use_fields.ts";
import { useSubmit } from "../request/use_submit.ts";
import { type LastTask, SCOPE } from "./use_last_task.ts";

interface MakeOptions {
  readonly form: OperationForm;
  readonly draft: Draft;
  readonly fields: Fields;
  readonly onSend: (taskId: string) => void;
  readonly onAccepted: (last: LastTask) => void;
}

export interface MakeControl {
  readonly make: () => Promise<void>;
  readonly isBusy: boolean;
  /** For those who do not see what has changed. */
  readonly told: string;
}

/** Sends the draft; if it is refused, the first field that is wrong has the focus. */
export function useMake({ form, draft, fields, onSend, onAccepted }: MakeOptions): MakeControl {
  const { isBusy, submit } = useSubmit();
  const [told, setTold] = useState("");
  const [wrong, setWrong] = useState<{ readonly field: string }>();

  // The field may be in a fold that opens only when it is told what is wrong in it.
  useEffect(() => {
    if (wrong) focusField(wrong.field);
  }, [wrong]);

  const make = async (): Promise<void> => {
    if (isBusy) return;
    const [problem] = fields.insist();
    if (problem) return setWrong({ field: problem.field });
    setTold("Sending");
    const submitted = await submit(form, draft, { scope: SCOPE, onSend });
    if ("accepted" in submitted) {
      const { accepted } = submitted;
      setTold("Accepted. The result appears beside the form.");
      onAccepted({ id: accepted.id, generation: accepted });
      showResult();
      return;
    }
    setTold("");
    fields.refuse(submitted.refusals);
    const order = controlsInOrder(form).flatMap((control): readonly string[] =>
      control.kind === "file" ? control.slots : [control.name]
    );
    const field = order.find((name) => submitted.refusals.fields.has(name));
    if (field !== undefined) setWrong({ field });
  };
  return { make, isBusy, told };
}

/** Where the result is below the form, that is where to look now. */
function showResult(): void {
  const isBelow = matchMedia("(width < 900px)").matches;
  document.querySelector("#result")?.scrollIntoView({ block: isBelow ? "start" : "nearest" });
}

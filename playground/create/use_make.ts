import { useEffect, useRef, useState } from "preact/hooks";
import { focusField } from "../form/field_state.ts";
import { controlsInOrder, type OperationForm } from "../operations/forms.ts";
import { type Draft, valueOf } from "../request/draft.ts";
import type { Fields } from "../request/use_fields.ts";
import { useSubmit } from "../request/use_submit.ts";
import { isNarrow, showPart } from "../shell/show_part.ts";
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
  /** Ends what is being sent. */
  readonly cancel: () => void;
  readonly isCanceling: boolean;
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

  const [shown, setShown] = useState<string>();
  // Before the task is drawn, the page may be too short to bring it to the top.
  useEffect(() => {
    if (shown !== undefined) showPart("#result");
  }, [shown]);

  const [isCanceling, setCanceling] = useState(false);
  const sending = useRef<AbortController>(undefined);
  const asked = JSON.stringify([
    form.operation,
    form.provider,
    form.controls.map((control) => valueOf(draft, form, control)),
  ]);
  // What was said of another form is not of this one.
  useEffect(() => setTold(""), [asked, draft.files]);

  const cancel = (): void => {
    setCanceling(true);
    sending.current?.abort();
  };
  const make = async (): Promise<void> => {
    if (isBusy) return;
    const [problem] = fields.insist();
    if (problem) return setWrong({ field: problem.field });
    setTold("Sending");
    setCanceling(false);
    const abort = sending.current = new AbortController();
    const submitted = await submit(form, draft, {
      scope: SCOPE,
      onSend,
      signal: abort.signal,
    });
    if ("accepted" in submitted) {
      const { accepted } = submitted;
      setTold(`Accepted. The result appears ${isNarrow() ? "below" : "beside"} the form.`);
      onAccepted({ id: accepted.id, generation: accepted });
      setShown(accepted.id);
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
  return { make, isBusy, cancel, isCanceling: isCanceling && isBusy, told };
}

import type { JSX } from "preact";
import { useReachable } from "../connection/use_reachable.ts";
import { FormFrame } from "../form/form_frame.tsx";
import { MainFields } from "../form/main_fields.tsx";
import { OptionsFold } from "../form/options_fold.tsx";
import { ProviderChooser } from "../form/provider_chooser.tsx";
import { formForSample } from "../form/take_sample.ts";
import { type OperationForm, optionControlsOf } from "../operations/forms.ts";
import { type Availability, isClosed } from "../operations/availability.ts";
import { wordsOf } from "../operations/words.ts";
import type { Draft } from "../request/draft.ts";
import { useEstimate } from "../request/use_estimate.ts";
import { useFields } from "../request/use_fields.ts";
import { usePrices } from "../request/use_prices.ts";
import { useWaiting } from "../request/use_waiting.ts";
import { CodeFold } from "./code_fold.tsx";
import { CostLine } from "./cost_line.tsx";
import { withChoice } from "./create_address.ts";
import type { LastTask } from "./use_last_task.ts";
import { useMake } from "./use_make.ts";

interface ComposerProps {
  readonly form: OperationForm;
  /** Of all providers of the operation. */
  readonly forms: readonly OperationForm[];
  readonly availability: readonly Availability[] | undefined;
  readonly draft: Draft;
  readonly onChange: (change: (draft: Draft) => Draft) => void;
  readonly onSend: (taskId: string) => void;
  readonly onAccepted: (last: LastTask) => void;
}

/** The request as it is put together, and the button that sends it. */
export function Composer(props: ComposerProps): JSX.Element {
  const { form, forms, draft, availability, onChange } = props;
  const estimate = useEstimate(form, draft);
  const prices = usePrices(forms, draft);
  const fields = useFields(form, draft, estimate, onChange);
  const { make, isBusy, cancel, isCanceling, told } = useMake({ ...props, fields });
  const choose = (provider: string): void =>
    onChange((before) => withChoice(before, form.operation, provider));
  const waiting = useWaiting(form, isBusy || estimate.state === "asking");
  const isReachable = useReachable();
  return (
    <FormFrame onSubmit={make}>
      <MainFields
        form={form}
        draft={draft}
        fields={fields}
        onChange={onChange}
        onSample={(sample) => choose(formForSample(sample, form, forms).provider)}
      />
      <ProviderChooser
        forms={forms}
        chosen={form}
        prices={prices}
        availability={availability}
        onChoose={choose}
      />
      <OptionsFold controls={optionControlsOf(form)} stateOf={fields.stateOf} />
      {fields.warningsOf("").map((warning) => <p key={warning} class="warning">{warning}</p>)}
      <p role="alert" class="problem">{fields.reason}</p>
      <div class="action">
        <p role="status" class="warning">
          {waiting ?? closedWords(form, forms, availability)}
        </p>
        <CostLine
          operation={form.operation}
          state={estimate}
          price={prices.get(form.provider)}
        />
        <button
          type="submit"
          class="primary make"
          disabled={isBusy}
          aria-keyshortcuts="Control+Enter"
          title="Control or Command with Enter"
        >
          {isBusy ? "Sending…" : wordsOf(form.operation).action}
        </button>
        {isBusy && (waiting !== undefined || !isReachable || isCanceling) && (
          <button type="button" disabled={isCanceling} onClick={cancel}>
            {isCanceling ? "Canceling…" : "Cancel"}
          </button>
        )}
      </div>
      <p class="visually-hidden" role="status">{told}</p>
      <CodeFold form={form} draft={draft} />
    </FormFrame>
  );
}

/** What is said where nothing new starts; nothing where something does. */
function closedWords(
  form: OperationForm,
  forms: readonly OperationForm[],
  availability: readonly Availability[] | undefined,
): string {
  if (!isClosed(availability, form)) return "";
  const waits =
    `${form.providerName} takes no new requests for now. What you send waits until it does`;
  const isOtherOpen = forms.some((other) => !isClosed(availability, other));
  return isOtherOpen ? `${waits}; another provider may take it at once.` : `${waits}.`;
}

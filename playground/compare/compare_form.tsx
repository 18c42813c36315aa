import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { focusField } from "../form/field_state.ts";
import { FormFrame } from "../form/form_frame.tsx";
import { MainFields } from "../form/main_fields.tsx";
import { countOf, money } from "../shell/amounts.ts";
import type { OperationForm } from "../operations/forms.ts";
import { type Availability, isClosed } from "../operations/availability.ts";
import { useAvailability } from "../operations/use_operations.ts";
import type { Draft } from "../request/draft.ts";
import { useFields } from "../request/use_fields.ts";
import { type Prices, usePrices } from "../request/use_prices.ts";
import { useSubmit } from "../request/use_submit.ts";
import { commonForm, comparedDraft, type Comparison, type Entry } from "./comparison.ts";
import { ProviderBoxes } from "./provider_boxes.tsx";

interface CompareFormProps {
  /** Of all providers of one operation; at least one. */
  readonly forms: readonly OperationForm[];
  readonly draft: Draft;
  readonly onChange: (change: (draft: Draft) => Draft) => void;
  readonly onCompared: (comparison: Comparison) => void;
}

/** What is asked, and whom. */
export function CompareForm(props: CompareFormProps): JSX.Element | null {
  const [left, setLeft] = useState<readonly string[]>([]);
  const availability = useAvailability();
  const common = commonForm(props.forms);
  if (!common) return null;
  const chosen = props.forms.filter((form) =>
    !left.includes(form.provider) && !isClosed(availability, form)
  );
  const leave = (provider: string, isChosen: boolean): void =>
    setLeft((others) => [
      ...others.filter((one) => one !== provider),
      ...(isChosen ? [] : [provider]),
    ]);
  return (
    <Asking
      {...props}
      common={common}
      chosen={chosen}
      availability={availability}
      onChoose={leave}
    />
  );
}

interface AskingProps extends CompareFormProps {
  readonly common: OperationForm;
  readonly chosen: readonly OperationForm[];
  readonly availability: readonly Availability[] | undefined;
  readonly onChoose: (provider: string, isChosen: boolean) => void;
}

function Asking(props: AskingProps): JSX.Element {
  const { forms, common, chosen, draft, onChange, onChoose } = props;
  const compared = comparedDraft(draft, common);
  const prices = usePrices(forms, compared);
  const fields = useFields(common, draft, { state: "none" }, onChange);
  const { isBusy, submit } = useSubmit();

  const askAll = (): Promise<Entry[]> =>
    Promise.all(chosen.map(async (form): Promise<Entry> => {
      const { provider, providerName } = form;
      const submitted = await submit(form, compared, { scope: "compare" });
      const entry = { provider, providerName, estimateUsd: prices.get(provider) };
      if ("accepted" in submitted) return { ...entry, id: submitted.accepted.id };
      const { reason, fields: refused } = submitted.refusals;
      return { ...entry, reason: reason ?? [...refused.values()].join(" ") };
    }));
  const compare = async (): Promise<void> => {
    if (isBusy || chosen.length === 0) return;
    const [problem] = fields.insist();
    if (problem) return focusField(problem.field);
    props.onCompared({ operation: common.operation, entries: await askAll() });
  };

  return (
    <FormFrame onSubmit={compare}>
      <MainFields form={common} draft={draft} fields={fields} onChange={onChange} />
      <ProviderBoxes
        forms={forms}
        chosen={chosen}
        prices={prices}
        availability={props.availability}
        onChange={onChoose}
      />
      <div class="action">
        <p class="cost" role="status">{totalWords(chosen, prices)}</p>
        <button type="submit" class="primary make" disabled={isBusy || chosen.length === 0}>
          {isBusy
            ? "Sending…"
            : chosen.length === 0
            ? "Choose whom to ask"
            : `Ask ${countOf(chosen.length, "provider")}`}
        </button>
      </div>
    </FormFrame>
  );
}

/** What all of them take together; without those whose price nobody knows yet. */
function totalWords(chosen: readonly OperationForm[], prices: Prices): string {
  const known = chosen.flatMap(({ provider }) => prices.get(provider) ?? []);
  if (known.length === 0) return "";
  const total = money(known.reduce((sum, usd) => sum + usd, 0));
  return known.length === chosen.length
    ? `At most ${total} together`
    : `${total} and more together`;
}

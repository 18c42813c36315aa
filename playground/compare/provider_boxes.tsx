import type { JSX } from "preact";
import { ProviderOption } from "../form/provider_option.tsx";
import { type Availability, isClosed } from "../operations/availability.ts";
import type { OperationForm } from "../operations/forms.ts";
import type { Prices } from "../request/use_prices.ts";

interface ProviderBoxesProps {
  readonly forms: readonly OperationForm[];
  readonly chosen: readonly OperationForm[];
  readonly prices: Prices;
  readonly availability: readonly Availability[] | undefined;
  readonly onChange: (provider: string, isChosen: boolean) => void;
}

/** Whom to ask: each of them costs. */
export function ProviderBoxes(props: ProviderBoxesProps): JSX.Element {
  const { forms, chosen, prices, availability, onChange } = props;
  return (
    <fieldset class="providers" data-field="provider">
      <legend>Ask</legend>
      <div class="provider-row">
        {forms.map((form) => (
          <ProviderOption
            key={form.provider}
            form={form}
            prices={prices}
            availability={availability}
          >
            <input
              type="checkbox"
              checked={chosen.includes(form)}
              disabled={isClosed(availability, form)}
              onChange={(event) => onChange(form.provider, event.currentTarget.checked)}
            />
          </ProviderOption>
        ))}
      </div>
    </fieldset>
  );
}

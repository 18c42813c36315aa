import type { JSX } from "preact";
import { AvailabilityWords } from "../form/provider_chooser.tsx";
import { money } from "../shell/amounts.ts";
import { type Availability, availabilityOf } from "../operations/availability.ts";
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
        {forms.map((form) => {
          const now = availabilityOf(availability, form);
          const price = prices.get(form.provider);
          return (
            <label key={form.provider} class="provider">
              <input
                type="checkbox"
                checked={chosen.includes(form)}
                disabled={now?.availability === "closed"}
                onChange={(event) => onChange(form.provider, event.currentTarget.checked)}
              />
              <span class="provider-face">
                <strong>{form.providerName}</strong>
                <span class="provider-price">{price === undefined ? "" : money(price)}</span>
                <AvailabilityWords availability={now} />
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

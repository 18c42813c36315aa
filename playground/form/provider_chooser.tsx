import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { type Availability, isClosed } from "../operations/availability.ts";
import type { OperationForm } from "../operations/forms.ts";
import type { Prices } from "../request/use_prices.ts";
import { ProviderOption } from "./provider_option.tsx";

interface ProviderChooserProps {
  readonly forms: readonly OperationForm[];
  readonly chosen: OperationForm;
  readonly prices: Prices;
  readonly availability: readonly Availability[] | undefined;
  readonly onChoose: (provider: string) => void;
}

/** Who is to make it. */
export function ProviderChooser(props: ProviderChooserProps): JSX.Element {
  const { forms, chosen, prices, availability, onChoose } = props;
  const id = useId();
  return (
    <fieldset class="providers" data-field="provider">
      <legend>Made by</legend>
      <div class="provider-row">
        {forms.map((form) => (
          <ProviderOption
            key={form.provider}
            form={form}
            prices={prices}
            availability={availability}
          >
            <input
              type="radio"
              name={id}
              checked={form === chosen}
              disabled={isClosed(availability, form) && form !== chosen}
              onChange={() => onChoose(form.provider)}
            />
          </ProviderOption>
        ))}
      </div>
    </fieldset>
  );
}

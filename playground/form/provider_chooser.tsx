import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { money, roughDuration } from "../shell/amounts.ts";
import { type Availability, availabilityOf } from "../operations/availability.ts";
import type { OperationForm } from "../operations/forms.ts";
import type { Prices } from "../request/use_prices.ts";

interface ProviderChooserProps {
  readonly forms: readonly OperationForm[];
  readonly chosen: OperationForm;
  readonly prices: Prices;
  readonly availability: readonly Availability[] | undefined;
  readonly onChoose: (provider: string) => void;
}

/** Who is to make it, for how much, and how soon. */
export function ProviderChooser(props: ProviderChooserProps): JSX.Element {
  const { forms, chosen, prices, availability, onChoose } = props;
  const id = useId();
  return (
    <fieldset class="providers" data-field="provider">
      <legend>Made by</legend>
      <div class="provider-row">
        {forms.map((form) => {
          const now = availabilityOf(availability, form);
          const price = prices.get(form.provider);
          return (
            <label key={form.provider} class="provider">
              <input
                type="radio"
                name={id}
                checked={form === chosen}
                disabled={now?.availability === "closed" && form !== chosen}
                onChange={() => onChoose(form.provider)}
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

export function AvailabilityWords(
  { availability }: { readonly availability: Availability | undefined },
): JSX.Element {
  if (!availability) return <span class="availability hint">…</span>;
  const { availability: state, expected_start_seconds: seconds = 0 } = availability;
  const start = seconds < 1 ? "starts at once" : `starts in ${roughDuration(seconds)}`;
  const words = { open: start, busy: `busy, ${start}`, closed: "closed for now" }[state];
  return <span class={`availability hint ${state}`}>{words}</span>;
}

import type { ComponentChildren, JSX } from "preact";
import { type Availability, availabilityOf } from "../operations/availability.ts";
import type { OperationForm } from "../operations/forms.ts";
import type { Prices } from "../request/use_prices.ts";
import { money, roughDuration } from "../shell/amounts.ts";

interface ProviderOptionProps {
  readonly form: OperationForm;
  readonly prices: Prices;
  readonly availability: readonly Availability[] | undefined;
  /** What chooses it. */
  readonly children: ComponentChildren;
}

/** One provider: for how much, and how soon. */
export function ProviderOption(props: ProviderOptionProps): JSX.Element {
  const { form, prices, availability, children } = props;
  const price = prices.get(form.provider);
  return (
    <label class="provider">
      {children}
      <span class="provider-face">
        <strong>{form.providerName}</strong>
        <span class="provider-price">{price === undefined ? "" : money(price)}</span>
        <AvailabilityWords availability={availabilityOf(availability, form)} />
      </span>
    </label>
  );
}

function AvailabilityWords(
  { availability }: { readonly availability: Availability | undefined },
): JSX.Element {
  if (!availability) return <span class="availability hint">…</span>;
  const { availability: state, expected_start_seconds: seconds = 0 } = availability;
  const start = seconds < 1 ? "starts at once" : `starts in ${roughDuration(seconds)}`;
  const words = { open: start, busy: `busy, ${start}`, closed: "closed for now" }[state];
  return <span class={`availability hint ${state}`}>{words}</span>;
}

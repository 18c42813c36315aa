import type { Account } from "@makeit3d/client";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { money, roughDuration } from "../shell/amounts.ts";
import { outputOf } from "../operations/forms.ts";
import { isOfFields, isUnanswered, refusalWords } from "../request/refusal_words.ts";
import { estimateOf, type EstimateState } from "../request/use_estimate.ts";

interface CostLineProps {
  readonly operation: string;
  readonly state: EstimateState;
  /** What the provider usually takes, while the form is not complete. */
  readonly price: number | undefined;
}

/** What it would cost, when it would start, and what is left of the day's quota. */
export function CostLine({ operation, state, price }: CostLineProps): JSX.Element {
  const estimate = estimateOf(state);
  const account = useAccount(estimate?.quota);
  const words = [
    costWords(state, price),
    ...(estimate ? [startWords(estimate.expectedStartSeconds)] : []),
  ];
  return (
    <p class="cost" role="status" aria-busy={state.state === "asking"}>
      <span>{words.filter((part) => part !== "").join(", ")}</span>
      {account && <span class="hint">{leftWords(account, outputOf(operation))}</span>}
    </p>
  );
}

/** The newest that is known of the quotas: an estimate has them, too. */
function useAccount(newest: Account | undefined): Account | undefined {
  const { client } = useBackend();
  const [account, setAccount] = useState<Account>();
  useEffect(() => {
    // Without them nothing is said of quotas; the submit decides.
    client.account().then(setAccount, () => {});
  }, [client]);
  return newest ?? account;
}

function costWords(state: EstimateState, price: number | undefined): string {
  if (state.state === "refused") {
    const { error } = state;
    if (isOfFields(error)) return aboutWords(price, "The price is shown when the form is complete");
    return isUnanswered(error) ? "The price is not known at the moment" : refusalWords(error);
  }
  const estimate = estimateOf(state);
  if (estimate) return `At most ${money(estimate.estimateUsd)}`;
  if (state.state === "asking") return "Asking for the price…";
  return aboutWords(price, "");
}

function aboutWords(price: number | undefined, otherwise: string): string {
  return price === undefined ? otherwise : `About ${money(price)}`;
}

function startWords(seconds: number): string {
  return seconds < 1 ? "starts at once" : `starts in about ${roughDuration(seconds)}`;
}

function leftWords({ images, models, usd }: Account, output: "image" | "model"): string {
  const { left, allowed } = output === "model" ? models : images;
  const count = left === null || allowed === null
    ? ""
    : `${left} of ${allowed} ${output}s left today`;
  const parts = [count, usd.left === null ? "" : `${money(usd.left)} left to spend`];
  return parts.filter((part) => part !== "").join(", ") || "No daily limit";
}

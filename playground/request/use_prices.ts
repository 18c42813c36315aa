import { RefusedError } from "@makeit3d/client";
import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { type OperationForm, wordsControlsOf } from "../operations/forms.ts";
import { usedSlots } from "./body.ts";
import { type Draft, valueKey, valueOf } from "./draft.ts";
import { problemsOf } from "./problems.ts";
import { estimateBody, placedBody } from "./send.ts";
import { useFiles } from "./use_ready_files.ts";

/** At most in USD, by provider; who cannot be asked yet is missing. */
export type Prices = ReadonlyMap<string, number>;

/** Prices that were told, by what they depend on. A page that is open for long asks anew. */
const known = new Map<string, { readonly usd: number; readonly until: number }>();
const KEPT_MS = 600_000;
const QUIET_MS = 400;

/** What each provider of an operation would take for the draft, by dry runs. */
export function usePrices(forms: readonly OperationForm[], draft: Draft): Prices {
  const { client, settings } = useBackend();
  const files = useFiles();
  const [, setAnswers] = useState(0);
  const priced = forms.map((form) => {
    const filled = withExampleWords(form, draft);
    return { form, filled, key: `${settings.url} ${priceKey(form, filled)}` };
  });
  const keys = priced.map(({ key }) => key).join("\n");

  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      for (const { form, filled, key } of priced) {
        if ((known.get(key)?.until ?? 0) > Date.now() || problemsOf(form, filled).length > 0) {
          continue;
        }
        try {
          const body = await placedBody(form, filled, files);
          const { estimateUsd: usd } = await estimateBody(client, form, body, abort.signal);
          known.set(key, { usd, until: Date.now() + KEPT_MS });
          if (!abort.signal.aborted) setAnswers((count) => count + 1);
        } catch (error) {
          // Who refuses says so where it is chosen; a quota that is used up is everybody's.
          if (error instanceof RefusedError && error.status === 429) return;
        }
        if (abort.signal.aborted) return;
      }
    };
    const timer = setTimeout(ask, QUIET_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, files, keys]);

  return new Map(priced.flatMap(({ form, key }): [string, number][] => {
    const price = known.get(key);
    return price ? [[form.provider, price.usd]] : [];
  }));
}

/** Nobody pays by the word: where none are typed, those of the API's example tell the price. */
function withExampleWords(form: OperationForm, draft: Draft): Draft {
  const values = { ...draft.values };
  for (const control of wordsControlsOf(form)) {
    const example = form.example[control.name];
    const isOpen = valueOf(draft, form, control) === undefined;
    if (isOpen && typeof example === "string") values[valueKey(form, control)] = example;
  }
  return { ...draft, values };
}

function priceKey(form: OperationForm, draft: Draft): string {
  const options = form.controls
    .filter(({ kind }) => kind !== "text")
    .map((control) => valueOf(draft, form, control) ?? null);
  return JSON.stringify([form.operation, form.provider, options, usedSlots(form, draft)]);
}

import type { Estimate } from "@makeit3d/client";
import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import type { OperationForm } from "../operations/forms.ts";
import { usedSlots } from "./body.ts";
import { type Draft, valueOf } from "./draft.ts";
import { problemsOf } from "./problems.ts";
import { estimateBody, placedBody } from "./send.ts";
import { useFiles } from "./use_ready_files.ts";

export type EstimateState =
  /** Something is missing yet. */
  | { readonly state: "none" }
  | { readonly state: "asking"; readonly last: Estimate | undefined }
  | { readonly state: "known"; readonly estimate: Estimate }
  | { readonly state: "refused"; readonly error: unknown };

/** Typing is over when nothing was typed for so long. */
const QUIET_MS = 700;

/** What the draft would cost, asked for when it has not changed for a moment. */
export function useEstimate(form: OperationForm, draft: Draft): EstimateState {
  const { client } = useBackend();
  const files = useFiles();
  const [state, setState] = useState<EstimateState>({ state: "none" });
  const key = estimateKey(form, draft);
  useEffect(() => {
    if (problemsOf(form, draft).length > 0) return setState({ state: "none" });
    const abort = new AbortController();
    setState((before) => ({ state: "asking", last: estimateOf(before) }));
    const ask = async (): Promise<void> => {
      try {
        const body = await placedBody(form, draft, files);
        const estimate = await estimateBody(client, form, body, abort.signal);
        if (!abort.signal.aborted) setState({ state: "known", estimate });
      } catch (error) {
        if (!abort.signal.aborted) setState({ state: "refused", error });
      }
    };
    const timer = setTimeout(ask, QUIET_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, files, key]);
  return state;
}

export function estimateOf(state: EstimateState): Estimate | undefined {
  return state.state === "known"
    ? state.estimate
    : state.state === "asking"
    ? state.last
    : undefined;
}

const numbers = new WeakMap<object, number>();
let newest = 0;

/** What an estimate depends on. Whatever is painted, the price of a mask is the same. */
function estimateKey(form: OperationForm, draft: Draft): string {
  const values = form.controls.map((control) => valueOf(draft, form, control) ?? null);
  const files = usedSlots(form, draft).map((slot) => {
    const file = draft.files[slot];
    if (!file || slot === "mask") return slot;
    const number = numbers.get(file) ?? ++newest;
    numbers.set(file, number);
    return `${slot} ${number}`;
  });
  return JSON.stringify([form.operation, form.provider, values, files]);
}

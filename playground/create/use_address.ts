import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { fileControlsOf, type OperationForm } from "../operations/forms.ts";
import { withOptions } from "../request/asked_options.ts";
import type { Draft, Value } from "../request/draft.ts";
import { storedFile, storedResult } from "../request/stored_result.ts";
import { readAddress, withChoice } from "./create_address.ts";

/** Which address was taken into the draft last. */
const TAKEN = "taken address";

/** Whether no address was looked at yet since the page was loaded. */
let isFirst = true;

/**
 * Takes into the draft what an address asks for, each time that there is a new one.
 *
 * @returns Why the file that it names is not there.
 */
export function useAddress(
  query: URLSearchParams,
  forms: readonly OperationForm[],
  change: (change: (draft: Draft) => Draft) => void,
): string | undefined {
  const backend = useBackend();
  const [reason, setReason] = useState<string>();
  useEffect(() => {
    const { operation, provider, prompt, options, asset, url } = readAddress(query);
    setReason(undefined);
    // The link may have stood far below, beside a result: the form is what it leads to.
    if (operation !== undefined) showForm();
    const form = forms.find((one) =>
      one.operation === operation && (provider === undefined || one.provider === provider)
    );
    change((draft) => {
      const isReload = isFirst && draft.values[TAKEN] === query.toString();
      isFirst = false;
      // Who has typed since the page was opened gets that back, not what the address said.
      if (isReload) return draft;
      const chosen = form ? withChoice(draft, form.operation, provider) : draft;
      const asked = form && options ? withOptions(chosen, form, options) : chosen;
      const values: Record<string, Value> = { ...asked.values, [TAKEN]: query.toString() };
      if (prompt !== undefined) values["prompt"] = prompt;
      return { ...asked, values };
    });
    const slot = form && fileControlsOf(form)[0]?.slots[0];
    if (slot === undefined || (!asset && url === undefined)) return;
    let isCurrent = true;
    const reading = asset
      ? storedResult(backend, asset.taskId, asset.index)
      : Promise.resolve(storedFile(url ?? ""));
    reading.then(
      // Other files are of something else.
      (file) => isCurrent && change((draft) => ({ ...draft, files: { [slot]: file } })),
      (error) => isCurrent && setReason(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [backend, query, forms]);
  return reason;
}

function showForm(): void {
  document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

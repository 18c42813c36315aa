import { useEffect, useState } from "preact/hooks";
import type { Backend } from "../connection/backend.ts";
import { useBackend } from "../connection/backend_context.ts";
import type { Draft } from "./draft.ts";
import { DraftStore } from "./draft_store.ts";

const stores = new WeakMap<Backend, DraftStore>();

/** The user's draft, the same in all views, and how to change it. */
export function useDraft(): [draft: Draft, change: (change: (draft: Draft) => Draft) => void] {
  const store = storeOf(useBackend());
  const [draft, setDraft] = useState(store.draft);
  useEffect(() => {
    const read = (): void => setDraft(store.draft);
    read();
    return store.subscribe(read);
  }, [store]);
  return [draft, (change) => store.change(change)];
}

function storeOf(backend: Backend): DraftStore {
  const { settings, email = "" } = backend;
  const known = stores.get(backend) ?? new DraftStore(`${settings.url}:${email}`, sessionStorage);
  stores.set(backend, known);
  return known;
}

import type { Generation } from "@makeit3d/client";
import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { useDraft } from "../request/use_draft.ts";

/** Where in the page a task belongs, for the client to give it back after a reload. */
export const SCOPE = "create";

export interface LastTask {
  readonly id: string;
  /** Of this visit; after a reload there is the id only. */
  readonly generation?: Generation | undefined;
}

const KEY = "last task";

/** What was made last in this tab, also after a reload in the middle of it. */
export function useLastTask(): [last: LastTask | undefined, setLast: (last: LastTask) => void] {
  const { client } = useBackend();
  const [{ values }, change] = useDraft();
  const [generation, setGeneration] = useState<Generation>();
  const kept = values[KEY];
  const id = typeof kept === "string" ? kept : undefined;

  const setLast = (last: LastTask): void => {
    setGeneration(last.generation);
    change((draft) => ({ ...draft, values: { ...draft.values, [KEY]: last.id } }));
  };

  useEffect(() => {
    let isCurrent = true;
    // What may not have been accepted when the page was closed is sent again, and paid once.
    client.resume().then((found) => {
      const newest = found.filter(({ scope }) => scope === SCOPE).at(-1);
      if (isCurrent && newest?.id !== undefined) setLast({ id: newest.id, generation: newest });
    }, () => {});
    return () => {
      isCurrent = false;
    };
  }, [client]);

  if (id === undefined) return [undefined, setLast];
  return [generation?.id === id ? { id, generation } : { id }, setLast];
}

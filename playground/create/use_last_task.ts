import type { Generation } from "@makeit3d/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { whenAccepted } from "../connection/when_accepted.ts";
import { useDraft } from "../request/use_draft.ts";

/** Where in the page a task belongs, for the client to give it back after a reload. */
export const SCOPE = "create";

export interface LastTask {
  readonly id: string;
  /** Of this visit; after a reload there is the id only. */
  readonly generation?: Generation | undefined;
}

export interface LastTaskControl {
  readonly last: LastTask | undefined;
  readonly setLast: (last: LastTask) => void;
  /** Keeps the id of what is about to be sent, until it is known to be accepted. */
  readonly noteSent: (taskId: string) => void;
}

const LAST = "last task";
const SENT = "sent task";

/** What was made last in this tab, also after a reload in the middle of it. */
export function useLastTask(): LastTaskControl {
  const { client } = useBackend();
  const [{ values }, change] = useDraft();
  const [generation, setGeneration] = useState<Generation>();
  const { [LAST]: kept, [SENT]: sent } = values;
  const id = typeof kept === "string" ? kept : undefined;
  const keep = (key: string, value: string): void =>
    change((draft) => ({ ...draft, values: { ...draft.values, [key]: value } }));

  const setLast = (last: LastTask): void => {
    setGeneration(last.generation);
    keep(LAST, last.id);
    keep(SENT, "");
  };

  const newest = useRef(sent);
  newest.current = sent;
  useEffect(() => {
    if (!sent) return;
    let leave = (): void => {};
    let isCurrent = true;
    // The page has ended before the answer: it is sent again as the same request, and paid once.
    client.resume().then((found) => {
      const lost = found.find(({ taskId }) => taskId === sent);
      if (!isCurrent || !lost) return;
      leave = whenAccepted(lost, (id) => {
        if (newest.current === sent) setLast({ id, generation: lost });
      });
    }, () => {});
    return () => {
      isCurrent = false;
      leave();
    };
    // Only what was sent before the view was opened.
  }, [client]);

  const last = id === undefined ? undefined : generation?.id === id ? { id, generation } : { id };
  return { last, setLast, noteSent: (taskId) => keep(SENT, taskId) };
}

import type { Generation, MakeIt3DError } from "@makeit3d/client";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import type { Task } from "./task.ts";

/** What is known of a task while it is looked at. */
export interface WatchedTask {
  readonly generation: Generation;
  readonly task: Task | undefined;
  /** What is in the way at the moment, while it goes on trying. */
  readonly obstacle: MakeIt3DError | undefined;
  /** Why nothing more is heard of it. */
  readonly refusal: MakeIt3DError | undefined;
  /** Parameters that were mapped or ignored, as far as this page has submitted it. */
  readonly warnings: readonly string[];
}

/** Follows a task for as long as the component is there. */
export function useTask(id: string, given: Generation | undefined): WatchedTask {
  const { client } = useBackend();
  // After another sign-in there is another client, which knows nothing of what was given before.
  const first = useRef(client);
  const generation = useMemo(
    () => client === first.current && given ? given : client.follow(id),
    [client, id, given],
  );
  const [watched, setWatched] = useState(() => look(generation));
  useEffect(() => {
    const update = (): void => setWatched(look(generation));
    const leave = generation.subscribe(update);
    update();
    return leave;
  }, [generation]);
  // Of another generation until the effect has run.
  const newest = watched.generation === generation ? watched : look(generation);
  // What was known before another sign-in is shown until it is read again.
  const known = useRef<Task | undefined>(undefined);
  known.current = newest.task ?? (known.current?.id === id ? known.current : undefined);
  return { ...newest, task: known.current };
}

function look(generation: Generation): WatchedTask {
  const { task, problem, warnings } = generation;
  const isTried = problem?.isRetryable ?? false;
  return {
    generation,
    task,
    obstacle: isTried ? problem : undefined,
    refusal: isTried ? undefined : problem,
    warnings,
  };
}

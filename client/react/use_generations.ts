// @ts-types="@types/react"
import { useEffect, useMemo, useState } from "react";
import { isFinal, type Task } from "../answers.ts";
import type { ListOptions } from "../options.ts";
import { useMakeIt3D } from "./context.ts";
import { type Loaded, useLoaded } from "./use_loaded.ts";

export interface UseGenerations extends Omit<Loaded<unknown>, "value"> {
  /** Newest first; those that are not over change as they go on. */
  readonly tasks: readonly Task[];
  /** For `list({ cursor })`; null: there are no more. */
  readonly nextCursor: string | null;
}

/** The user's tasks, live: of this device and of others. */
export function useGenerations(
  { operation, status, limit, cursor }: ListOptions = {},
): UseGenerations {
  const client = useMakeIt3D();
  const [newer, setNewer] = useState<Readonly<Record<string, Task>>>({});
  const { value, ...rest } = useLoaded(
    () => client.list({ operation, status, limit, cursor }),
    [client, operation, status, limit, cursor],
  );
  useEffect(() => {
    const unfinished = value?.tasks.filter((task) => !isFinal(task)) ?? [];
    const leave = unfinished.map(({ id }) => {
      const generation = client.follow(id);
      return generation.subscribe(() => {
        const { task } = generation;
        if (task) setNewer((known) => ({ ...known, [id]: task }));
      });
    });
    return () => leave.forEach((end) => end());
  }, [client, value]);
  const tasks = useMemo(
    () => value?.tasks.map((task) => newer[task.id] ?? task) ?? [],
    [value, newer],
  );
  return { ...rest, tasks, nextCursor: value?.nextCursor ?? null };
}

import type { Generation, Task } from "@makeit3d/client";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";

export interface Followed {
  readonly generations: ReadonlyMap<string, Generation>;
  /** The newest that is known of each. */
  readonly tasks: ReadonlyMap<string, Task>;
}

/** Several tasks as they go on, by their ids. */
export function useFollowed(ids: readonly string[]): Followed {
  const { client } = useBackend();
  const key = ids.join(" ");
  const generations = useMemo(
    () => new Map(ids.map((id) => [id, client.follow(id)] as const)),
    [client, key],
  );
  const [tasks, setTasks] = useState<ReadonlyMap<string, Task>>(new Map());
  useEffect(() => {
    const read = (): void =>
      setTasks(
        new Map(
          [...generations].flatMap(([id, { task }]): [string, Task][] => task ? [[id, task]] : []),
        ),
      );
    read();
    const leave = [...generations.values()].map((generation) => generation.subscribe(read));
    return () => leave.forEach((stop) => stop());
  }, [generations]);
  return { generations, tasks };
}

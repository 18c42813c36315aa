import type { MakeIt3D } from "@makeit3d/client";
import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { childrenOf, parentOf } from "./lineage.ts";
import { sourcesOf } from "./result_address.ts";
import type { Task } from "./task.ts";

/** A longer way is told from its end. */
const MAX_ANCESTORS = 8;

/** From the first task to what was made from this one; `undefined` is one that is not there any more. */
export interface LineageEntry {
  readonly id: string;
  readonly task: Task | undefined;
}

/** The chain that a task stands in: what it came from, itself, and what was made from it. */
export function useLineage(task: Task | undefined): readonly LineageEntry[] {
  const { client } = useBackend();
  const [around, setAround] = useState<Around>();
  const id = task?.id;
  useEffect(() => {
    if (!task) return;
    let isWanted = true;
    readAround(client, task).then((read) => isWanted && setAround(read));
    return () => {
      isWanted = false;
    };
  }, [client, id]);
  if (!task) return [];
  const self = { id: task.id, task };
  return around?.id === task.id ? [...around.ancestors, self, ...around.children] : [self];
}

interface Around {
  readonly id: string;
  readonly ancestors: readonly LineageEntry[];
  readonly children: readonly LineageEntry[];
}

async function readAround(client: MakeIt3D, task: Task): Promise<Around> {
  const children = childrenOf(task.id).map((child) => readEntry(client, child));
  const ancestors: LineageEntry[] = [];
  let parent = parentIdOf(task);
  while (parent !== undefined && ancestors.length < MAX_ANCESTORS) {
    const entry = await readEntry(client, parent);
    ancestors.unshift(entry);
    parent = entry.task && parentIdOf(entry.task);
  }
  return { id: task.id, ancestors, children: await Promise.all(children) };
}

/** What it was sent says it best; the page knows what is sent by the name of a task. */
function parentIdOf(task: Task): string | undefined {
  return sourcesOf(task)[0]?.taskId ?? parentOf(task.id);
}

async function readEntry(client: MakeIt3D, id: string): Promise<LineageEntry> {
  return { id, task: await client.get(id).catch(() => undefined) };
}

import type { Task } from "./task.ts";

/** A result, as the address of a form names it: `TASKID.INDEX`. */
export interface ResultName {
  readonly taskId: string;
  /** Its place among the results of the task. */
  readonly index: number;
}

/** Where the backend stores results: `…/generated/{user}/{folder}/{task}/{index}.{ending}`. */
const STORED = /\/generated\/[^/]+\/[^/]+\/([0-9a-f-]{36})\/(\d+)\.\w+(?:\?|$)/;

export function resultNameOf(url: string): ResultName | undefined {
  const [, taskId, index] = STORED.exec(url) ?? [];
  return taskId === undefined ? undefined : { taskId, index: Number(index) };
}

/** The results of other tasks that a task was made from, by the addresses that it was sent with. */
export function sourcesOf({ parameters = {} }: Task): readonly ResultName[] {
  const addresses = Object.entries(parameters)
    .filter(([field]) => /^input_\w+_asset_urls?$/.test(field))
    .flatMap(([, value]) => Array.isArray(value) ? value : [value]);
  return addresses.flatMap((url) => typeof url === "string" ? resultNameOf(url) ?? [] : []);
}

/** For the query of a form. */
export function assetText({ taskId, index }: ResultName): string {
  return `${taskId}.${index}`;
}

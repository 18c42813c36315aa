import type { Operation } from "@makeit3d/client";
import { viewAddress } from "../shell/route.ts";
import type { Task } from "../task/task.ts";
import { OPERATION_NAMES } from "../operations/words.ts";
import { STATUS_NAMES } from "../task/words.ts";

/** Which tasks are shown; a part that is undefined leaves out none. */
export interface Filter {
  readonly operation: Operation | undefined;
  readonly status: Task["status"] | undefined;
}

/** Reads a filter from an address; what it does not know filters nothing. */
export function filterOf(query: URLSearchParams): Filter {
  return {
    operation: keyOf(OPERATION_NAMES, query.get("operation")),
    status: keyOf(STATUS_NAMES, query.get("status")),
  };
}

export function filterAddress({ operation, status }: Filter): string {
  return viewAddress("gallery", {
    ...(operation && { operation }),
    ...(status && { status }),
  });
}

export function isFiltering({ operation, status }: Filter): boolean {
  return operation !== undefined || status !== undefined;
}

export function keyOf<Key extends string>(
  names: Readonly<Record<Key, string>>,
  text: string | null,
): Key | undefined {
  return entriesOf(names).find(([key]) => key === text)?.[0];
}

/** `Object.entries` knows keys as text only. */
export function entriesOf<Key extends string>(
  names: Readonly<Record<Key, string>>,
): readonly (readonly [Key, string])[] {
  return Object.entries(names) as [Key, string][];
}

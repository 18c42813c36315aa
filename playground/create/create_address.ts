import { type AskedOptions, readOptions } from "../request/asked_options.ts";
import type { Draft, Value } from "../request/draft.ts";

/**
 * What an address of the view asks for:
 * `#/create?operation=…&provider=…&prompt=…&options={"n":2}&asset=TASK.INDEX`.
 */
export interface CreateAddress {
  readonly operation: string | undefined;
  readonly provider: string | undefined;
  readonly prompt: string | undefined;
  /** All that are to be chosen; undefined leaves them as they are. */
  readonly options: AskedOptions | undefined;
  /** A result of an earlier task. */
  readonly asset: { readonly taskId: string; readonly index: number } | undefined;
  /** A file in Storage. */
  readonly url: string | undefined;
}

export function readAddress(query: URLSearchParams): CreateAddress {
  const [, taskId, index] = /^(.+)\.(\d+)$/.exec(query.get("asset") ?? "") ?? [];
  return {
    operation: query.get("operation") ?? undefined,
    provider: query.get("provider") ?? undefined,
    prompt: query.get("prompt") ?? undefined,
    options: readOptions(query.get("options")),
    asset: taskId === undefined ? undefined : { taskId, index: Number(index) },
    url: query.get("url") ?? undefined,
  };
}

const OPERATION = "chosen operation";

/** The operation that the user was at. */
export function chosenOperation({ values }: Draft): string | undefined {
  return text(values[OPERATION]);
}

/** The provider that the user took for an operation the last time. */
export function chosenProvider({ values }: Draft, operation: string): string | undefined {
  return text(values[`chosen provider ${operation}`]);
}

export function withChoice(draft: Draft, operation: string, provider: string | undefined): Draft {
  const values: Record<string, Value> = { ...draft.values, [OPERATION]: operation };
  if (provider !== undefined) values[`chosen provider ${operation}`] = provider;
  return { ...draft, values };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

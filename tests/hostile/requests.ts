import type { ApiErrorCode } from "../../shared/contract/errors.ts";
import { headersOf, newTaskId } from "../support/client.ts";
import type { HostileCase, Scene } from "./hostile_case.ts";

/** How a request is to be refused. */
export interface Refusal {
  readonly error: ApiErrorCode;
  readonly words?: RegExp;
}

/** A refusal for a bad value that names its field. */
export function badField(field: string): Refusal {
  const name = field.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
  return { error: "invalid_request", words: new RegExp(`(^|; )${name}(\\[\\d+\\])?: `) };
}

/** A request to an operation, with a task_id of its own unless it names one. */
export function submission(
  { caller }: Scene,
  name: string,
  operation: string,
  fields: Readonly<Record<string, unknown>>,
  refusal: Refusal,
): HostileCase {
  const body = JSON.stringify({ task_id: newTaskId(), ...fields });
  return {
    name: `${operation}: ${name}`,
    path: `generation/${operation}`,
    headers: headersOf(caller.token),
    body: () => body,
    ...refusal,
  };
}

/** A body to text-to-image as it stands. */
export function rawBody(
  { caller }: Scene,
  name: string,
  body: () => BodyInit,
  refusal: Refusal,
  contentType = "application/json",
): HostileCase {
  return {
    name,
    path: "generation/text-to-image",
    headers: { ...headersOf(caller.token), "Content-Type": contentType },
    body,
    ...refusal,
  };
}

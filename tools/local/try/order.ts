import {
  isOperationId,
  type OperationId,
  operationIds,
} from "../../../shared/contract/operations.ts";
import { findOperation, isProviderId, providersOf } from "../../../shared/providers/catalog.ts";

/** What is to be tried. */
export interface Order {
  readonly operation: OperationId;
  readonly provider: string;
  /** The request, but for its files: they are those of an example. */
  readonly body: Readonly<Record<string, unknown>>;
  /** A file of the person's own. */
  readonly file: string | undefined;
}

export interface OrderOptions {
  readonly provider?: string | undefined;
  readonly prompt?: string | undefined;
  readonly file?: string | undefined;
}

const USUAL_OPERATION = "text-to-image";

/** Reads what a person typed; the rest is the provider's example. Throws an error that says what there is. */
export function readOrder(
  operation: string = USUAL_OPERATION,
  { provider, prompt, file }: OrderOptions,
): Order {
  if (!isOperationId(operation)) {
    throw new Error(`No operation ${operation}. There are ${operationIds.join(", ")}`);
  }
  const offered = providersOf(operation).map(([name]) => name);
  const name = provider ?? offered[0] ?? "";
  const found = isProviderId(name) ? findOperation(name, operation) : undefined;
  if (!found) throw new Error(`${operation} is offered by ${offered.join(", ")}, not by ${name}`);
  const asked = prompt === undefined ? {} : { prompt };
  // An earlier task that an example names is nobody's here.
  const example = Object.fromEntries(
    Object.entries(found.example).filter(([field]) => !found.taskReferences.includes(field)),
  );
  return { operation, provider: name, body: { ...example, provider: name, ...asked }, file };
}

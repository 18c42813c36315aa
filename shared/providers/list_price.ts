import type { OperationId } from "../contract/operations.ts";
import { findOperation, isProviderId } from "./catalog.ts";

/**
 * What the provider's price list says that a call of a request costs, in USD.
 *
 * Throws a TypeError if the provider does not have the operation, and a ZodError if it does not take the
 * fields.
 *
 * @param body As a client sends it; what only other providers take does not count.
 * @param model The operator's choice, for a provider that lets one choose. Default: the provider's own.
 */
export function listPriceUsd(
  operation: OperationId,
  body: Readonly<Record<string, unknown>>,
  model?: string,
): number {
  const { provider } = body;
  const declared = typeof provider === "string" && isProviderId(provider)
    ? findOperation(provider, operation)
    : undefined;
  if (!declared) throw new TypeError(`No ${operation} at ${String(provider)}`);
  const fields = Object.entries(body).filter(([name]) =>
    Object.hasOwn(declared.schema.shape, name)
  );
  return declared.describe(Object.fromEntries(fields), model).listPriceUsd;
}

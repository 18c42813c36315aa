import { providerIds, providers } from "../../../shared/providers/catalog.ts";
import type { DryRun } from "./check_as_user.ts";

const OPERATIONS = ["text-to-image", "text-to-model"] as const;

/** A request without input that a provider of these secrets can serve; undefined if none can. */
export function dryRunRequest(secretNames: ReadonlySet<string>): DryRun | undefined {
  for (const operation of OPERATIONS) {
    for (const provider of providerIds) {
      const { apiKeySetting, operations } = providers[provider];
      if (
        secretNames.has(apiKeySetting) &&
        operations.some((offered) => offered.operation === operation)
      ) {
        return { operation, provider };
      }
    }
  }
  return undefined;
}

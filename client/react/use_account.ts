import type { Account } from "../answers.ts";
import { useMakeIt3D } from "./context.ts";
import { type Loaded, useLoaded } from "./use_loaded.ts";

export interface UseAccount extends Omit<Loaded<Account>, "value"> {
  readonly account: Account | undefined;
}

/** The user's plan, and what is left of it. */
export function useAccount(): UseAccount {
  const client = useMakeIt3D();
  const { value: account, ...rest } = useLoaded(() => client.account(), [client]);
  return { ...rest, account };
}

import { lookup } from "node:dns/promises";
import { isAllowedAddress } from "./known_hosts.ts";
import type { Provider } from "../provider_operation.ts";
import { ProviderError } from "../provider_error.ts";
import { isPublicAddress } from "./public_address.ts";

/** The IP addresses behind a host name. */
export type LookUpHost = (host: string) => Promise<readonly string[]>;

/** Where addresses out of a provider's answers may lead. */
export interface OutsidePolicy {
  readonly provider: Pick<Provider, "name" | "otherHosts">;
  /** Set by the operator, who may have good reasons for a private one: a simulator, a proxy. */
  readonly baseUrl: string;
  /** Default: as fetch does it, and the connections of the Postgres client. */
  readonly lookUpHost?: LookUpHost | undefined;
}

/**
 * Throws a ProviderError unless an address that came out of an answer may be asked: it must lie on
 * one of the provider's own hosts, and that host on the public internet.
 *
 * Between this look and the connection a name may change what it stands for. It would come to
 * nothing: whoever answers then has no certificate for the provider's name.
 */
export async function checkOutsideAddress(address: string, policy: OutsidePolicy): Promise<void> {
  const { provider: { name, otherHosts }, baseUrl, lookUpHost = lookUp } = policy;
  if (!isAllowedAddress(address, baseUrl, otherHosts)) {
    const message = `${name} points to a host that is not its own`;
    throw new ProviderError("invalid_result", message, { final: true });
  }
  const { origin, hostname } = new URL(address);
  if (origin === new URL(baseUrl).origin) return;

  const addresses = await lookUpHost(hostname).catch((cause) => {
    throw new ProviderError("provider_unavailable", `Cannot find ${hostname}`, { cause });
  });
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
    // Not final: it is the trouble of a name server, and what has been paid for may be had later.
    throw new ProviderError("provider_unavailable", `${hostname} is not on the public internet`);
  }
}

async function lookUp(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

import ipaddr from "ipaddr.js";
import { lookup } from "node:dns/promises";
import { ProviderError } from "../provider_error.ts";
import type { Provider } from "../provider_operation.ts";

/** The IP addresses of a host name. Throws if it has none. */
export type LookUpHost = (host: string) => Promise<readonly string[]>;

/** Which URLs of a provider's responses may be requested. */
export interface ResponseUrlPolicy {
  readonly provider: Pick<Provider, "name" | "otherHosts">;
  /** Set by the operator, who may choose a private one: a simulator, a proxy. */
  readonly baseUrl: string;
  /** Default: the resolver that fetch and the Postgres client use. */
  readonly lookUpHost?: LookUpHost | undefined;
}

/** Global unicast, the only part of IPv6 that is allocated (RFC 4291, 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** For documentation (RFC 9637). */
const DOCUMENTATION = ipaddr.IPv6.parseCIDR("3fff::/20");

/**
 * Throws a ProviderError unless a URL of a provider's response may be requested: it must lead to one
 * of the provider's own hosts, and that host must be on the public internet.
 *
 * The name may resolve to another address between this check and the connection. DNS rebinding gains
 * nothing: the new host has no certificate for the name.
 */
export async function checkResponseUrl(url: string, policy: ResponseUrlPolicy): Promise<void> {
  const { provider: { name, otherHosts }, baseUrl, lookUpHost = lookUp } = policy;
  if (!isOnProviderHost(url, baseUrl, otherHosts)) {
    // Not final: what is there is paid, and the operator can add the host.
    const unlistedHost = hostOf(url);
    const message = `${name} points to a host that is not its own: ${unlistedHost ?? "none"}`;
    throw new ProviderError("provider_unavailable", message, { unlistedHost });
  }
  const { origin, hostname } = new URL(url);
  if (origin === new URL(baseUrl).origin) return;

  const addresses = await lookUpHost(hostname).catch((cause) => {
    throw new ProviderError("provider_unavailable", `Cannot find ${hostname}`, { cause });
  });
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
    // Not final: a name server is in trouble, and the paid result may be available later.
    throw new ProviderError("provider_unavailable", `${hostname} is not on the public internet`);
  }
}

/**
 * Whether a URL leads to a provider: https on one of its hosts, or the origin of the base URL (a
 * simulator, a proxy).
 *
 * @param otherHosts Host names; one that begins with `*.` stands for every subdomain.
 */
export function isOnProviderHost(
  url: string,
  baseUrl: string,
  otherHosts: readonly string[] = [],
): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, hostname, port, username, password } = new URL(url);
  if (username || password) return false;
  const base = new URL(baseUrl);
  if (origin === base.origin && protocol === base.protocol) return true;
  if (protocol !== "https:" || port) return false;
  return otherHosts.some((host) =>
    host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host
  );
}

/** As long as a name of DNS may be, in the characters of one; undefined for anything else. */
const HOST = /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

function hostOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  return protocol === "https:" && !port && HOST.test(hostname) ? hostname : undefined;
}

/**
 * Whether an IP address belongs to the public internet: not private, loopback, link-local, shared,
 * multicast, reserved or translated, in any notation.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // IPv4-mapped IPv6 addresses are checked as IPv4.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed instanceof ipaddr.IPv4) return true;
  return parsed.match(GLOBAL_UNICAST) && !parsed.match(DOCUMENTATION);
}

async function lookUp(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

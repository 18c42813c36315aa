/**
 * Whether an address that came out of a provider's answer may be asked: https on one of the
 * provider's own hosts, or whatever the base address itself is (a simulator, a proxy).
 *
 * @param knownHosts Host names; one that begins with `*.` stands for every host below it.
 */
export function isAllowedAddress(
  address: string,
  baseUrl: string,
  knownHosts: readonly string[] = [],
): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol, hostname, port, username, password } = new URL(address);
  if (username || password) return false;
  const base = new URL(baseUrl);
  if (origin === base.origin && protocol === base.protocol) return true;
  if (protocol !== "https:" || port) return false;
  return knownHosts.some((host) =>
    host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host
  );
}

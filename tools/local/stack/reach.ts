import { isIP } from "node:net";

/** From where the project is reached. */
export interface Reach {
  /** An address of this machine, or 0.0.0.0 for all. Default: only this machine reaches it. */
  readonly host?: string | undefined;
  /** What apps know the project by. Default: the address in the network, if it listens there. */
  readonly publicUrl?: string | undefined;
}

const LOOPBACK = "127.0.0.1";
const ALL = "0.0.0.0";

/**
 * Reads `--host` and `--public-url`. Throws an error that says what is possible.
 *
 * @param publicUrl Without a path: those of the services follow it.
 */
export function readReach(host: string | undefined, publicUrl: string | undefined): Reach {
  if (host !== undefined && isIP(host) === 0) {
    throw new Error(`--host must be an address of this machine, or 0.0.0.0 for all: ${host}`);
  }
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#@\s]+\/?$/.test(publicUrl)) {
    throw new Error(`--public-url must be like http://192.168.1.5:54321: ${publicUrl}`);
  }
  return { host, publicUrl: publicUrl?.replace(/\/$/, "") };
}

/** The addresses that the gateway listens on. The stack's own services use this machine's. */
export function listenedHosts({ host = LOOPBACK }: Reach = {}): readonly string[] {
  return [LOOPBACK, ALL].includes(host) ? [host] : [LOOPBACK, host];
}

/** What apps on other machines know the project by; undefined if none can reach it. */
export function publicUrlFor(
  { host = LOOPBACK, publicUrl }: Reach = {},
  port: number,
  networkAddress = ownNetworkAddress,
): string | undefined {
  if (publicUrl !== undefined) return publicUrl;
  if (host === LOOPBACK) return undefined;
  const address = host === ALL ? networkAddress() : host;
  return address && `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** This machine's address in its network: the first that others can reach. */
function ownNetworkAddress(): string | undefined {
  return Deno.networkInterfaces()
    .find(({ family, address }) => family === "IPv4" && !/^(?:127|169\.254)\./.test(address))
    ?.address;
}

import type { Ports } from "./settings.ts";

/**
 * Throws an error that names the first port somebody else listens on, and what to do.
 *
 * @param hosts Where the gateway is to listen; all else is for this machine only.
 */
export function checkPorts(ports: Ports, hosts: readonly string[]): void {
  for (const [name, port] of Object.entries(ports)) {
    for (const hostname of name === "gateway" ? hosts : ["127.0.0.1"]) {
      try {
        Deno.listen({ hostname, port }).close();
      } catch (cause) {
        throw new Error(
          cause instanceof Deno.errors.AddrNotAvailable
            ? `${hostname} is no address of this machine. Choose one of its own with --host, or ` +
              "0.0.0.0 for all"
            : `Port ${port} (for ${name}) is taken by another program. End it, or choose other ` +
              `ports with --port, for example --port ${ports.gateway + 100}`,
          { cause },
        );
      }
    }
  }
}

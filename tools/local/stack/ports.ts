import type { Ports } from "./settings.ts";

/** Throws an error that names the first port somebody else listens on, and what to do. */
export function checkPorts(ports: Ports): void {
  for (const [name, port] of Object.entries(ports)) {
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
    } catch (cause) {
      throw new Error(
        `Port ${port} (for ${name}) is taken by another program. End it, or choose other ports ` +
          `with --port, for example --port ${ports.gateway + 100}`,
        { cause },
      );
    }
  }
}

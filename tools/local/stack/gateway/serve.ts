import { stopServer } from "../stop_server.ts";
import { createGateway, type GatewayOptions } from "./gateway.ts";

/** Opens the project's address at each host. Returns what closes it. */
export function serveGateway(
  options: GatewayOptions,
  hosts: readonly string[],
): () => Promise<void> {
  const app = createGateway(options);
  const { gateway: port } = options.ports;
  const servers = hosts.map((hostname) =>
    Deno.serve({ hostname, port, onListen: () => {} }, app.fetch)
  );
  return async () => {
    await Promise.all(servers.map(stopServer));
  };
}

import { within } from "../../../../shared/within.ts";
import { createGateway, type GatewayOptions } from "./gateway.ts";

/** How long requests under way may take to be answered: an app may wait for the end of its task. */
const ANSWER_MILLISECONDS = 2_000;

/**
 * Opens the project's address at each host. Returns what closes it: no more requests come in, and those
 * under way have a moment to be answered. The others end with the services that they wait for.
 */
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
    const answered = Promise.all(servers.map((server) => server.shutdown()));
    await within(ANSWER_MILLISECONDS, "end of all requests", answered).catch(() => {});
  };
}

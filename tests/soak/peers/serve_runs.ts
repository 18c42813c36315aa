import type { Hono } from "hono";
import { waitUntil } from "../../support/wait_until.ts";
import { Runs } from "./runs.ts";
import type { Service } from "./service.ts";

/** A simulated service, of the routes that its documentation names. */
export function serveRuns(
  routesOf: (runs: Runs) => Hono,
  known: Pick<Service, "isSubmit" | "environmentBy">,
): Service {
  const runs = new Runs();
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, routesOf(runs).fetch);
  return {
    ...known,
    origin: `http://127.0.0.1:${server.addr.port}`,
    whenBegun: async (prompt) => {
      await waitUntil("a run", () => Promise.resolve(runs.count(prompt).bought > 0));
    },
    count: (prompt) => Promise.resolve(runs.count(prompt)),
    whileSlow: async (milliseconds, work) => {
      runs.milliseconds = milliseconds;
      return await work();
    },
    end: () => server.shutdown(),
  };
}

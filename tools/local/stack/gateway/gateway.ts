import { Hono } from "hono";
import { hideControl, refuseOtherPages } from "../../../../simulators/control_access.ts";
import { type Breakable, createControl } from "../control/routes.ts";
import { databaseUrl } from "../database.ts";
import type { Ports, Secrets } from "../settings.ts";
import { installTool } from "../tools.ts";
import { createUser, deleteUser, updateUser } from "./bends/auth_admin.ts";
import { withAppMetadata } from "./bends/auth_tokens.ts";
import { allowPages } from "./bends/cors.ts";
import { withIsoTimestamps } from "./bends/timestamps.ts";
import { forward, pathOf } from "./forward.ts";
import { refuseOddPaths } from "./odd_paths.ts";
import { createPlayground } from "./playground.ts";
import { addReference } from "./reference.ts";
import { createStorage } from "./storage.ts";

export interface GatewayOptions {
  readonly ports: Ports;
  readonly secrets: Pick<
    Secrets,
    "publishableKey" | "secretKey" | "databasePassword" | "jwtSecret"
  >;
  /** Of resumable uploads that are not complete. */
  readonly uploadsFolder: string;
  /** Where programs of packages are. */
  readonly toolsFolder: string;
  readonly breakable: Breakable;
  /** Names of the providers that are not simulated. */
  readonly realProviders: readonly string[];
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What answers rows and users, with times in them. */
const TIMED = ["/auth/v1/*", "/rest/v1/*", "/storage/v1/object/list/*"];

/** The project's one address, with all services under the paths of the platform. */
export function createGateway(options: GatewayOptions): Hono {
  const { ports, secrets, uploadsFolder, toolsFolder, breakable, realProviders } = options;
  const functions = new Map(Object.entries({
    generation: ports.generation,
    tasks: ports.tasksStatus,
    "tasks-status": ports.tasksStatus,
    account: ports.account,
    operator: ports.operator,
    worker: ports.worker,
  }));
  const services = `http://127.0.0.1:${ports.studio}`;
  const auth = { ...secrets, databaseUrl: databaseUrl(ports.database, secrets.databasePassword) };
  const app = new Hono();

  app.use(refuseOddPaths);
  // What this machine alone may do stands before pages of every origin are let in.
  app.use(hideControl);
  app.use(refuseOtherPages);
  app.route(
    "/",
    createControl({
      simulatorsUrl: `http://127.0.0.1:${ports.simulators}`,
      databaseUrl: auth.databaseUrl,
      breakable,
      realProviders,
    }),
  );
  app.route(
    "/",
    createPlayground({ port: ports.gateway, publishableKey: secrets.publishableKey }),
  );
  app.use(allowPages);
  app.use(async (c, next) => {
    if (METHODS.includes(c.req.method)) return await next();
    return c.json({ message: `Method ${c.req.method} is not supported` }, 405);
  });

  app.all("/functions/v1/:slug/*", (c) => {
    const port = functions.get(c.req.param("slug"));
    const path = pathOf(c).slice("/functions/v1".length);
    if (port) return forward(c, `http://127.0.0.1:${port}${path}`);
    return c.json({ code: "NOT_FOUND", message: "Requested function was not found" }, 404);
  });

  app.on(METHODS, TIMED, async (c, next) => {
    await next();
    c.res = await withIsoTimestamps(c.res);
  });

  app.post("/auth/v1/admin/users", (c) => createUser(c, { ...auth, services }));
  app.delete("/auth/v1/admin/users/:id", (c) => deleteUser(c, auth));
  app.put("/auth/v1/admin/users/:id", (c) => updateUser(c, auth));
  app.on(
    "POST",
    ["/auth/v1/token", "/auth/v1/signup"],
    async (c) => await withAppMetadata(await forward(c, `${services}${pathOf(c)}`), auth),
  );
  app.all("/auth/v1/*", (c) => forward(c, `${services}${pathOf(c)}`));

  // The services take a request without any key for one of their own Studio, and let it do
  // everything. Behind the gateway it is what it is on the platform: refused, or anonymous.
  app.all("/rest/v1/*", (c) => {
    const key = c.req.header("apikey") ?? c.req.query("apikey");
    if (key) return forward(c, `${services}${pathOf(c)}`);
    return c.json({ message: "No API key found in request" }, 401);
  });
  app.route(
    "/",
    createStorage({
      services,
      publishableKey: secrets.publishableKey,
      secretKey: secrets.secretKey,
      uploadsFolder,
    }),
  );

  addReference(app, () => installTool(toolsFolder, "redoc"));

  app.notFound((c) =>
    c.json({ message: `Nothing at ${c.req.path}; try /functions/v1/generation/health` }, 404)
  );
  return app;
}

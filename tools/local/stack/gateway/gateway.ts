import { type Context, Hono } from "hono";
import { proxy } from "hono/proxy";
import { createUser, deleteUser, updateUser } from "./bends/auth_admin.ts";
import { withAppMetadata } from "./bends/auth_tokens.ts";
import { allowPages } from "./cors.ts";
import { databaseUrl } from "../database.ts";
import { askForObject, localPathOf } from "./bends/local_storage.ts";
import type { Ports, Secrets } from "../settings.ts";
import { isSigning, signAddresses } from "./bends/signed_urls.ts";

export interface GatewayOptions {
  readonly ports: Ports;
  readonly secrets: Pick<
    Secrets,
    "publishableKey" | "secretKey" | "databasePassword" | "jwtSecret"
  >;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The project's one address, with all services under the paths of the platform. */
export function createGateway({ ports, secrets }: GatewayOptions): Hono {
  const functions = new Map(Object.entries({
    generation: ports.generation,
    tasks: ports.tasksStatus,
    "tasks-status": ports.tasksStatus,
    account: ports.account,
    worker: ports.worker,
  }));
  const services = `http://127.0.0.1:${ports.studio}`;
  const app = new Hono();

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

  const auth = { ...secrets, databaseUrl: databaseUrl(ports.database, secrets.databasePassword) };
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
  app.all("/storage/v1/*", async (c) => {
    const headers = { apikey: c.req.header("apikey") ?? secrets.publishableKey };
    // They know a file that needs a token only without this word in its address.
    const path = pathOf(c).replace("/object/authenticated/", "/object/");
    const authorization = c.req.header("authorization");
    const ownHeaders = {
      ...headers,
      ...(authorization && { authorization }),
      "content-type": "application/json",
    };
    const askForUs = (of: string, method: string, content: unknown): Promise<Response> =>
      fetch(`${services}${of}`, {
        method,
        headers: ownHeaders,
        body: JSON.stringify(content) ?? null,
      });
    if (isSigning(c.req.method, path)) {
      const body: unknown = await c.req.json().catch(() => undefined);
      return await signAddresses(
        { path, body },
        (of, content) => askForUs(localPathOf(of), "POST", content),
      );
    }
    return await askForObject(
      c.req.method,
      path,
      (of, own) =>
        own ? askForUs(of, own.method, own.body) : forward(c, `${services}${of}`, headers),
    );
  });

  app.notFound((c) =>
    c.json({ message: `Nothing at ${c.req.path}; try /functions/v1/generation/health` }, 404)
  );
  return app;
}

/** Path and query as they came, not decoded. */
function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

async function forward(
  c: Context,
  address: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const request = c.req.raw;
  let hasBodyBroken = false;
  const body = request.body && watch(request.body, () => hasBodyBroken = true);
  try {
    return await proxy(address, {
      raw: request,
      headers: { ...Object.fromEntries(request.headers), ...headers },
      signal: request.signal,
      ...(body && { body }),
    });
  } catch (error) {
    if (hasBodyBroken || request.signal.aborted) {
      return c.json({ message: "The request broke off" }, 400);
    }
    const message = `The service behind ${c.req.path} does not answer: ${error}`;
    return c.json({ code: "BOOT_ERROR", message }, 503);
  }
}

/** Passes a stream on, and tells when it breaks off: fetch does not say whose fault that was. */
function watch(body: ReadableStream<Uint8Array>, onBreak: () => void): ReadableStream<Uint8Array> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      onBreak();
      throw error;
    }
  }
  return ReadableStream.from(chunks());
}

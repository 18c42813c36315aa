import { join } from "node:path";
import { getMimeType } from "hono/utils/mime";
import { buildPlayground } from "../../../tools/playground/build_playground.ts";

export interface StaticHost {
  readonly origin: string;
  stop(): Promise<void>;
}

/** The playground's folder on a host that knows nothing of any backend, with an origin of its own. */
export async function serveStaticPlayground(): Promise<StaticHost> {
  const folder = await Deno.makeTempDir({ prefix: "makeit3d-static-" });
  await buildPlayground(folder);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const name = new URL(request.url).pathname.slice(1) || "index.html";
      const type = getMimeType(name) ?? "application/octet-stream";
      try {
        return new Response(await Deno.readFile(join(folder, name)), {
          headers: { "content-type": type },
        });
      } catch {
        return new Response("Not found", { status: 404 });
      }
    },
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    stop: async () => {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

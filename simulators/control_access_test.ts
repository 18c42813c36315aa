import { Hono } from "hono";
import assert from "node:assert/strict";
import { hideControl } from "./control_access.ts";

const app = new Hono()
  .use(hideControl)
  .get("/_calls", (c) => c.text("calls"))
  .get("/other", (c) => c.text("other"));

async function statusOf(url: string, peer?: string): Promise<number> {
  const env = peer ? { remoteAddr: { hostname: peer } } : undefined;
  return (await app.request(url, {}, env)).status;
}

Deno.test("control routes are there for this machine only", async (t) => {
  const cases: readonly (readonly [url: string, peer: string | undefined, status: number])[] = [
    ["http://127.0.0.1:1/_calls", "127.0.0.1", 200],
    ["http://localhost:1/_calls", "::1", 200],
    ["http://[::1]:1/_calls", "::ffff:127.0.0.1", 200],
    ["http://localhost/_calls", undefined, 200],
    ["http://127.0.0.1:1/_calls", "192.168.1.7", 404],
    ["http://192.168.1.5:1/_calls", "192.168.1.7", 404],
    // This machine by the address that others know it by, an emulator, a tunnel, a rebound name.
    ["http://192.168.1.5:1/_calls", "192.168.1.5", 404],
    ["http://10.0.2.2:1/_calls", "127.0.0.1", 404],
    ["http://tunnel.example/_calls", "127.0.0.1", 404],
    ["http://127.0.0.1.evil.example/_calls", "127.0.0.1", 404],
    ["http://192.168.1.5:1/other", "192.168.1.7", 200],
  ];
  for (const [url, peer, status] of cases) {
    await t.step(`${url} from ${peer}`, async () => {
      assert.equal(await statusOf(url, peer), status);
    });
  }
});

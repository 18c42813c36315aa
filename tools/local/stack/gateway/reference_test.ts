import { Hono } from "hono";
import assert from "node:assert/strict";
import { addReference } from "./reference.ts";

Deno.test("the reference says why it is not there, and is there once it can be", async () => {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, 'const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";');
  const installed = [Promise.reject(new Error("No network")), Promise.resolve(file)];
  const app = new Hono();
  addReference(app, () => installed.shift() ?? assert.fail("Installed again"));
  try {
    const refusal = await app.request("/docs");
    assert.equal(refusal.status, 503);
    assert.match(await refusal.text(), /^Error: No network\n\n.*docs\/api\.md/s);
    for (const path of ["/docs", "/docs/redoc.js", "/docs"]) {
      assert.equal((await app.request(path)).status, 200, path);
    }
    assert.deepEqual(installed, []);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("what Redoc would load from elsewhere is asked of the gateway, and is there", async () => {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, 'load("https://cdn.redoc.ly/redoc/logo-mini-full.svg");');
  const app = new Hono();
  addReference(app, () => Promise.resolve(file));
  try {
    const program = await (await app.request("/docs/redoc.js")).text();
    const [, path = ""] = /load\("([^"]+)"\)/.exec(program) ?? [];
    const picture = await app.request(path);
    assert.deepEqual(
      [picture.status, picture.headers.get("content-type"), path[0]],
      [200, "image/svg+xml", "/"],
    );
    assert.equal((await app.request("/docs/logo-large.svg")).status, 404);
  } finally {
    await Deno.remove(file);
  }
});

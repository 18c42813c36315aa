import assert from "node:assert/strict";
import { join } from "node:path";
import client from "../../client/deno.json" with { type: "json" };
import project from "../../deno.json" with { type: "json" };
import { repository } from "../../tools/local/stack/folders.ts";

Deno.test("examples have the client's package as it is packed, and the SDK of everything else", async (t) => {
  const sdk = "@supabase/supabase-js";
  for (const name of ["node", "web"]) {
    await t.step(name, async () => {
      const manifest = join(repository, "examples", name, "package.json");
      const { dependencies } = JSON.parse(await Deno.readTextFile(manifest));
      const tarball = `file:../../.dev/client/makeit3d-client-${client.version}.tgz`;
      assert.equal(dependencies[client.name], tarball);
      const version = project.imports[sdk].split("@").at(-1);
      assert.ok([undefined, version].includes(dependencies[sdk]), dependencies[sdk]);
    });
  }
});

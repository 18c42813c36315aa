import assert from "node:assert/strict";
import { join } from "node:path";
import client from "../../client/deno.json" with { type: "json" };
import project from "../../deno.json" with { type: "json" };
import { repository } from "../../tools/local/stack/folders.ts";

Deno.test("examples have the client's package as it is packed, and the SDK of everything else", async (t) => {
  const sdk = "@supabase/supabase-js";
  for (const name of ["expo", "node", "web"]) {
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

Deno.test("the example for phones names each of its packages exactly, and no registry", async () => {
  const folder = join(repository, "examples/expo");
  const { dependencies, devDependencies } = JSON.parse(
    await Deno.readTextFile(join(folder, "package.json")),
  );
  const versions = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => name !== client.name);
  for (const [name, version] of versions) assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
  const lock = await Deno.readTextFile(join(folder, "package-lock.json"));
  const { [`node_modules/${client.name}`]: packed, ...others } = JSON.parse(lock).packages;
  assert.ok(Object.keys(others).length > 100);
  assert.doesNotMatch(lock, /"resolved": "https?:/);
  // It is packed anew each time.
  assert.equal(packed.integrity, undefined);
});

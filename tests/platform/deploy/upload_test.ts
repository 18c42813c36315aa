import assert from "node:assert/strict";
import { bundleFunctions, bundleOf, FUNCTIONS } from "../../../tools/operate/deploy/bundles.ts";
import { foldersOf } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { testPorts } from "../../support/test_ports.ts";
import { type UploadedFunction, withPlatformApi } from "./platform_api.ts";

/** What the platform takes when it packs a function itself: source files together. */
const MAX_BYTES = 5_000_000;

/** Bundles the functions and deploys them with the real CLI to a stand-in for the platform. */
async function withUploads(
  work: (uploads: readonly UploadedFunction[], folder: string) => Promise<void>,
): Promise<void> {
  const supabase = await installTool(foldersOf(testPorts.shared).tools, "supabase");
  const folder = await Deno.makeTempDir();
  try {
    await bundleFunctions(folder);
    await withPlatformApi(async ({ profile, uploads }) => {
      await run(
        supabase,
        [
          ["functions", "deploy", "--use-api", "--yes"],
          ["--remote=abcdefghijklmnopqrst", "--profile", profile],
        ].flat(),
        {
          cwd: folder,
          // Of the shape of a token; the API it is sent to is ours.
          env: { SUPABASE_ACCESS_TOKEN: `sbp_${"0".repeat(40)}`, DO_NOT_TRACK: "1" },
        },
      );
      await work(uploads, folder);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a deploy uploads each function as one file, with all packages in it", async (t) => {
  await withUploads(async (uploads, folder) => {
    assert.deepEqual(uploads.map(({ slug }) => slug).sort(), Object.keys(FUNCTIONS).sort());
    for (const { slug, metadata, files } of uploads) {
      const bytes = Object.values(files).reduce((sum, size) => sum + size, 0);
      await t.step(`${slug}: ${Math.round(bytes / 1000)} KB`, async () => {
        const entrypoint = `supabase/functions/${slug}/index.js`;
        assert.deepEqual(
          Object.keys(files).sort(),
          ["supabase/functions/deno.json", entrypoint].sort(),
        );
        assert.ok(bytes < MAX_BYTES, `${bytes} bytes are more than the platform packs`);
        assert.deepEqual([metadata["entrypoint_path"], metadata["verify_jwt"]], [
          entrypoint,
          false,
        ]);
        // What is imported is what the runtime has; nothing is left to be resolved there.
        const imported = await importsOf(bundleOf(folder, slug));
        assert.deepEqual(imported.filter((specifier) => !specifier.startsWith("node:")), []);
      });
    }
  });
});

/** As Deno reads it, without a lock file or an import map. */
async function importsOf(file: string): Promise<string[]> {
  const printed = await run(Deno.execPath(), ["info", "--json", "--no-lock", "--no-config", file]);
  const { modules } = JSON.parse(printed);
  return modules.flatMap(
    ({ specifier, dependencies = [] }: { specifier: string; dependencies?: unknown[] }) =>
      specifier.startsWith("file:")
        ? dependencies.map((dependency) => String(Object(dependency).specifier))
        : [],
  );
}

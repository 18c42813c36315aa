import assert from "node:assert/strict";
import { join } from "node:path";
import { filesReachedFrom } from "../../../testing/module_graph.ts";
import { foldersOf, repository } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { testPorts } from "../../support/test_ports.ts";
import { type UploadedFunction, withPlatformApi } from "./platform_api.ts";

/** What the platform takes when it bundles itself: source files together. */
const MAX_BYTES = 5_000_000;

/** Each function and the folder its code is in. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  generation: "generation",
  tasks: "tasks-status",
  "tasks-status": "tasks-status",
  worker: "worker",
};

const NOT_FOR_THE_PLATFORM = /_test\.ts$|^(?:tests|tools|bench|testing|simulators)\/|\.env/;

async function deploy(): Promise<readonly UploadedFunction[]> {
  const supabase = await installTool(foldersOf(testPorts.shared).tools, "supabase");
  let uploaded: readonly UploadedFunction[] = [];
  await withPlatformApi(async ({ profile, uploads }) => {
    await run(
      supabase,
      [
        ["functions", "deploy", "--use-api", "--yes"],
        ["--remote=abcdefghijklmnopqrst", "--profile", profile],
      ].flat(),
      {
        cwd: repository,
        // Of the shape of a token; the API it is sent to is ours.
        env: { SUPABASE_ACCESS_TOKEN: `sbp_${"0".repeat(40)}`, DO_NOT_TRACK: "1" },
      },
    );
    uploaded = uploads;
  });
  return uploaded;
}

Deno.test("a deploy uploads each function with what it imports, and nothing else", async (t) => {
  const uploads = await deploy();
  assert.deepEqual(uploads.map(({ slug }) => slug).sort(), Object.keys(FUNCTIONS).sort());

  for (const { slug, metadata, files } of uploads) {
    const bytes = Object.values(files).reduce((sum, size) => sum + size, 0);
    const kilobytes = Math.round(bytes / 1000);
    await t.step(`${slug}: ${Object.keys(files).length} files, ${kilobytes} KB`, async () => {
      const entrypoint = join("supabase/functions", FUNCTIONS[slug] ?? "", "index.ts");
      assert.deepEqual(
        Object.keys(files).sort(),
        ["deno.json", ...await filesReachedFrom(entrypoint)].sort(),
      );
      assert.deepEqual(Object.keys(files).filter((file) => NOT_FOR_THE_PLATFORM.test(file)), []);
      assert.ok(bytes < MAX_BYTES, `${bytes} bytes are more than the platform bundles`);
      assert.deepEqual(
        [metadata["entrypoint_path"], metadata["import_map_path"], metadata["verify_jwt"]],
        [entrypoint, "deno.json", false],
      );
    });
  }
});

Deno.test("a provider's client is uploaded with the worker only", async () => {
  for (const { slug, files } of await deploy()) {
    const clients = Object.keys(files).filter((file) => file.endsWith("/adapter.ts"));
    assert.equal(
      clients.some((file) => /providers\/\w+\/adapter\.ts$/.test(file)),
      slug === "worker",
    );
  }
});

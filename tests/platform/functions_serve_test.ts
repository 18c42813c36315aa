import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { foldersOf, repository } from "../../tools/local/stack/folders.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { testPorts } from "../support/test_ports.ts";

/** Tries it in a copy of the project, without any Docker; returns what it says. */
async function serve(configuration: string): Promise<string> {
  const supabase = await installTool(foldersOf(testPorts.shared).tools, "supabase");
  const folder = await Deno.makeTempDir();
  try {
    await cp(join(repository, "supabase"), join(folder, "supabase"), { recursive: true });
    await cp(join(repository, "deno.json"), join(folder, "deno.json"));
    await Deno.writeTextFile(join(folder, "supabase/config.toml"), configuration);
    const { stdout, stderr } = await new Deno.Command(supabase, {
      args: ["functions", "serve"],
      cwd: folder,
      env: { DOCKER_HOST: `unix://${folder}/no-docker.sock`, DO_NOT_TRACK: "1" },
    }).output();
    const decoder = new TextDecoder();
    return decoder.decode(stdout) + decoder.decode(stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const configuration = await Deno.readTextFile(join(repository, "supabase/config.toml"));

Deno.test("the real CLI reads the configuration and gets as far as Docker", async () => {
  const words = await serve(configuration);
  assert.match(words, /Cannot connect to the Docker daemon/);
  assert.doesNotMatch(words, /config/);
});

Deno.test("it would not with a configuration that is wrong", async () => {
  const wrong = configuration.replace("verify_jwt = false", 'verify_jwt = "perhaps"');
  assert.match(await serve(wrong), /config\.toml: Expected boolean[^]*verify_jwt/);
});

Deno.test("every file that the configuration names is there", async () => {
  const paths = [...configuration.matchAll(/^(?:entrypoint|import_map) = "(.+)"$/gm)]
    .map(([, path = ""]) => path);
  assert.equal(paths.length, 12);
  for (const path of paths) {
    assert.ok((await Deno.stat(join(repository, "supabase", path))).isFile, path);
  }
});

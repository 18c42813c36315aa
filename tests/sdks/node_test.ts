import assert from "node:assert/strict";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { stack } from "../support/stack.ts";
import { expected } from "./expected.ts";
import { installNode, installSdk, type NodeVersion } from "./packages.ts";

const PROJECT = {
  url: stack.projectUrl,
  key: stack.secrets.publishableKey,
  apiKey: SEED.apiKey,
};

/** An app of the two SDKs, which prints what it saw. Node 20 has no WebSocket to give the first. */
function program(supabaseJs: string, tus: string): string {
  return `
import * as app from "./app.mjs";
import { createClient } from ${JSON.stringify(join(supabaseJs, "dist/index.mjs"))};
import tus from ${JSON.stringify(join(tus, "lib.es5/node/index.js"))};

const sdks = {
  createClient,
  Upload: tus.Upload,
  fileOf: (bytes) => Buffer.from(bytes),
  options: { realtime: { transport: globalThis.WebSocket ?? class {} } },
};
const project = ${JSON.stringify(PROJECT)};
const { seen, ...user } = await app.signUp(sdks, project);
console.log(JSON.stringify({
  signUp: seen,
  tables: await app.useTables(user),
  files: await app.useFiles(user),
  resumable: await app.useResumable(sdks, project, user),
  functions: await app.useFunctions(project, user),
}));
// The SDK renews the token for as long as the program runs.
process.exit();
`;
}

async function runIn(version: NodeVersion): Promise<unknown> {
  const [node, supabaseJs, tus] = await Promise.all([
    installNode(version),
    installSdk("@supabase/supabase-js"),
    installSdk("tus-js-client"),
  ]);
  const folder = await Deno.makeTempDir();
  try {
    const source = await Deno.readTextFile(new URL("app.ts", import.meta.url));
    await Deno.writeTextFile(join(folder, "app.mjs"), stripTypeScriptTypes(source));
    await Deno.writeTextFile(join(folder, "program.mjs"), program(supabaseJs, tus));
    const command = new Deno.Command(node, { args: [join(folder, "program.mjs")] });
    const { stdout, stderr } = await command.output();
    const [printed, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    if (!printed) throw new Error(`Node ${version} printed nothing: ${errors}`);
    return JSON.parse(printed);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The README's call from an app without the client. */
async function readmeProgram(): Promise<string> {
  const readme = await Deno.readTextFile(join(repository, "README.md"));
  const blocks = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, block = ""]) => block);
  return blocks.find((one) => one.includes("functions.invoke")) ?? assert.fail("No such program");
}

for (const version of [20, 22] as const) {
  Deno.test(`the README's call from an app runs in Node ${version} as it says`, async () => {
    await installSdk("@supabase/supabase-js");
    const [node, file] = [
      await installNode(version),
      // Where the SDK is found by its name.
      join(stack.tools, "sdks/@supabase/supabase-js", `readme-${crypto.randomUUID()}.mjs`),
    ];
    await Deno.writeTextFile(file, `${await readmeProgram()}\nprocess.exit();`);
    try {
      const env = stack.environment;
      const { stdout, stderr } = await new Deno.Command(node, { args: [file], env }).output();
      const [printed, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      assert.match(printed ?? "", /complete\nhttp.*\.png\n$/, errors);
    } finally {
      await Deno.remove(file);
    }
  });

  Deno.test(`an app in Node ${version} has all that its SDKs offer`, async () => {
    assert.deepEqual(await runIn(version), expected);
  });
}

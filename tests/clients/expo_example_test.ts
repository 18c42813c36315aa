import assert from "node:assert/strict";
import { join } from "node:path";
import { createMakeIt3D } from "../../client/mod.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { newUser } from "../support/new_user.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack } from "../support/stack.ts";
import { commandsOf, withExample } from "../support/with_example.ts";
import { aPrompt } from "./support/an_app.ts";
import { compileByHermes, hermesFolder, runInHermes } from "./support/hermes.ts";
import { killAndResume } from "./support/kill_and_resume.ts";
import { type Bundle, bundlesOf } from "./support/metro_bundles.ts";
import { recorder, withoutRandomIds } from "./support/recorder.ts";

const ENTRIES = ["mod.js", "images/mod.js", "react/mod.js", "react_native/mod.js"];

/** What Hermes has not, as code would name it. */
const GAPS = [
  "randomUUID",
  "ReadableStream",
  "EventSource",
  "AbortSignal",
  "structuredClone",
  "DOMException",
  "URLSearchParams",
];

/** The client's files in a bundle, without comments. */
function clientIn({ sources }: Bundle): ReadonlyMap<string, string> {
  const folder = "/node_modules/@makeit3d/client/";
  const own = [...sources].filter(([path]) => path.startsWith(folder));
  return new Map(own.map(([path, text]) => {
    const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
    return [path.slice(folder.length), code];
  }));
}

Deno.test("the example for phones is whole: types, bundles, bytecode, and the client in an engine", async (t) => {
  await withExample("expo", async (root) => {
    const app = join(root, "examples/expo");
    const installs = (await commandsOf("expo")).replace("npx expo start\n", "");
    await run("sh", ["-ec", installs], { cwd: root });

    await t.step("its types are right, by its own packages", async () => {
      await run("node", ["node_modules/typescript/bin/tsc", "--noEmit"], { cwd: app });
    });

    const bundles = await bundlesOf(app);
    for (const bundle of bundles) {
      const { platform, script, text } = bundle;
      await t.step(`${platform}: its bundle has the settings, and every entry`, () => {
        for (const setting of [stack.projectUrl, stack.secrets.publishableKey, SEED.apiKey]) {
          assert.ok(text.includes(setting), setting);
        }
        const files = clientIn(bundle);
        assert.deepEqual(ENTRIES.filter((entry) => !files.has(entry)), []);
      });
      await t.step(`${platform}: the client names nothing that Hermes lacks, unasked`, () => {
        const named = [...clientIn(bundle)].flatMap(([path, code]) =>
          GAPS.filter((gap) => code.includes(gap)).map((gap) => `${path}: ${gap}`)
        );
        // It is asked for, and used where it is.
        assert.deepEqual(named, ["random_id.js: randomUUID"]);
      });
      await t.step({
        name: `${platform}: hermesc compiles it`,
        ignore: hermesFolder === undefined,
        fn: async () => {
          const { length, isBytecode } = await compileByHermes(app, script);
          assert.ok(isBytecode && length > 500_000, `${length} bytes`);
        },
      });
    }

    await t.step({
      name: "in the engine the client asks and tells what it does here",
      ignore: hermesFolder === undefined,
      fn: () => comparesWithEngine(app),
    });
  });
});

/** An app that is killed and started again: here with the backend, in the engine with its answers. */
async function comparesWithEngine(app: string): Promise<void> {
  const { token } = await newUser();
  const { projectUrl: url } = stack;
  const taskId = crypto.randomUUID();
  const order = { url, apiKey: SEED.apiKey, token, taskId, prompt: aPrompt() };
  const photo = await Deno.readFile(join(repository, "docs/samples/photo.png"));
  const { asked, answers, fetch } = recorder(photo);
  const { results, ...seen } = await killAndResume(createMakeIt3D, order, fetch);
  assert.deepEqual([seen.isSame, seen.scope, seen.pending], [true, "editor", 0]);
  assert.deepEqual(seen.refused.slice(0, 2), ["RefusedError", "invalid_request"]);
  assert.deepEqual(results.map(({ status }) => status), ["complete"]);
  assert.equal(await purchasesOf(order.prompt), 1);

  const inEngine = await runInHermes(app, { order, photo: [...photo], answers });
  assert.ok("seen" in inEngine, JSON.stringify(inEngine));
  assert.deepEqual(inEngine.seen, JSON.parse(JSON.stringify({ ...seen, results })));
  assert.equal(withoutRandomIds(inEngine.asked), withoutRandomIds(asked));
}

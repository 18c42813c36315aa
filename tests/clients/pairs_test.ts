import assert from "node:assert/strict";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { run } from "../../tools/local/stack/run.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import {
  assertMade,
  countFiles,
  drawFiles,
  type MadePair,
  type PairRequest,
  pairRequests,
  twoPairRequests,
} from "../support/client_pairs.ts";
import { newUser } from "../support/new_user.ts";
import { withInstalledClient } from "../support/packed_client.ts";
import { stack } from "../support/stack.ts";
import { installRuntimes, type Runtime } from "./support/runtimes.ts";

const PHONE = "Node 22 with React Native's gaps";

/** What the program imports, and Node.js 20 cannot read with its types. */
const MAKE_PAIRS = "make_pairs.mjs";

/** Puts the program and its files beside the package. Returns the addresses of the files. */
async function putProgram(folder: string): Promise<Readonly<Record<string, string>>> {
  const source = new URL("./support/make_pairs.ts", import.meta.url);
  const code = stripTypeScriptTypes(await Deno.readTextFile(source));
  await Deno.writeTextFile(join(folder, MAKE_PAIRS), code);
  const program = new URL("./support/pairs_program.mjs", import.meta.url);
  await Deno.copyFile(program, join(folder, "pairs_program.mjs"));
  const entries = Object.entries(await drawFiles()).map(async ([kind, bytes]) => {
    await Deno.writeFile(join(folder, kind), bytes);
    return [kind, `file://${join(folder, kind)}`];
  });
  return Object.fromEntries(await Promise.all(entries));
}

Deno.test("the packed client makes each pair in one call, bought once, in every runtime", async (t) => {
  await withInstalledClient(async ({ folder }) => {
    const files = await putProgram(folder);
    const make = async (
      [program, ...args]: Runtime,
      requests: readonly PairRequest[],
      arePicked: boolean,
    ): Promise<readonly MadePair[]> => {
      const user = await newUser();
      const project = { url: stack.projectUrl, apiKey: SEED.apiKey, token: user.token };
      const order = { ...project, requests, files, arePicked, makePairs: `./${MAKE_PAIRS}` };
      await Deno.writeTextFile(join(folder, "order.json"), JSON.stringify(order));
      return await assertMade(requests, user, async () => {
        const command = [...args, "pairs_program.mjs", "order.json"];
        const printed = JSON.parse(await run(program, command, { cwd: folder }));
        assert.equal(printed.pending, 0);
        return printed.made;
      });
    };
    for (const [name, runtime] of Object.entries(await installRuntimes())) {
      const requests = name === "Node 22" ? pairRequests : twoPairRequests;
      await t.step(`${name}: ${requests.length} pairs`, async () => {
        const made = await make(runtime, requests, name === PHONE);
        if (name !== PHONE) return;
        const isRising = made.some(({ told }) =>
          told.some(([sent, all]) => sent > 0 && sent < all)
        );
        assert.ok(isRising, "Nothing was told between the start and the end of an upload");
      });
    }
  });
});

Deno.test("two pairs are one without files, and one with several", () => {
  const [none, several] = twoPairRequests.map(countFiles).sort();
  assert.ok(none === 0 && several !== undefined && several > 1);
  assert.equal(twoPairRequests.length, 2);
});
